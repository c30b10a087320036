import type * as Electron from 'electron';

type Items = Record<string, string | Blob>;

/** One entry of the clipboard, by its types; as Electron's, without bookmarks and promises. */
export class ClipboardItem {
  readonly #items: Items;

  constructor(items: Items) {
    this.#items = items;
  }

  get types(): string[] {
    return Object.keys(this.#items);
  }

  async getType(type: string): Promise<Blob> {
    const content = this.#items[type];
    if (content === undefined) throw new Error(`The clipboard has nothing of the type ${type}`);
    return typeof content === 'string' ? new Blob([content], { type }) : content;
  }
}

let items: ClipboardItem[] = [];

type Used = 'read' | 'write';
export const clipboard = {
  read: async () => items,
  write: async (written: ClipboardItem[]) => {
    items = written;
  },
} satisfies Record<Used, unknown> as unknown as Pick<Electron.Clipboard, Used>;

/** Everything that is in the clipboard, as text, by its type. */
export async function clipboardContent(): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for (const item of items) {
    for (const type of item.types) content[type] = await (await item.getType(type)).text();
  }
  return content;
}

/** What another program has put there. */
export function setClipboardContent(content: Record<string, string>): void {
  items = [new ClipboardItem(content)];
}
