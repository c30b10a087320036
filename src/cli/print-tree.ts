import type { Entry } from '#shared/contract/entry.ts';
import { toMooringError } from '#shared/contract/error.ts';
import { shownPath } from './printers/address.ts';
import { folderContents, OFFLINE_NOTE } from './printers/entry.ts';
import { formatCount } from './printers/figures.ts';
import { formatTreeNode, formatTreeProblem } from './printers/tree.ts';
import type { Session } from './session.ts';
import { type TreeNode, type TreeOptions, type TreeProblem, walkTree } from './walk-tree.ts';

/** Prints a tree while it is read. `limit`: at most so many entries. */
export async function printTree(session: Session, path: string, options: TreeOptions & { limit: number }): Promise<void> {
  const engine = await session.engine();
  // Of a folder that cannot be listed nothing is printed but the error.
  const { folder, isOffline } = await engine.entries.list({ path, limit: 1 });
  const printer = session.isJson ? new JsonTree(session) : new TextTree(session, options.dirsOnly);
  printer.begin(folder, isOffline);
  let count = 0;
  try {
    for await (const node of walkTree(engine, path, options)) {
      if ('entry' in node && count === options.limit) return printer.end(false);
      printer.add(node);
      if ('entry' in node) count += 1;
    }
  } catch (error) {
    return printer.fail(error);
  }
  printer.end(true);
}

interface TreePrinter {
  begin(folder: Entry, isOffline: boolean): void;
  add(node: TreeNode | TreeProblem): void;
  /** @param isComplete whether the limit left nothing out */
  end(isComplete: boolean): void;
  fail(error: unknown): void;
}

class TextTree implements TreePrinter {
  readonly #session: Session;
  readonly #dirsOnly: boolean;
  #isOffline = false;
  #folders = 0;
  #others = 0;

  constructor(session: Session, dirsOnly: boolean) {
    this.#session = session;
    this.#dirsOnly = dirsOnly;
  }

  begin(folder: Entry, isOffline: boolean): void {
    const { colors, units } = this.#session;
    const contents = folderContents(folder, units);
    this.#isOffline = isOffline;
    this.#session.printLine(`${colors.blue(shownPath(folder.path))}${contents ? `  ${colors.dim(contents)}` : ''}`);
  }

  add(node: TreeNode | TreeProblem): void {
    if ('entry' in node) {
      if (node.entry.kind === 'folder') this.#folders += 1;
      else this.#others += 1;
    }
    this.#session.printLine('entry' in node ? formatTreeNode(node, this.#session) : formatTreeProblem(node, this.#session));
  }

  end(isComplete: boolean): void {
    const { colors } = this.#session;
    const folders = formatCount(this.#folders, 'folder');
    const counts = this.#dirsOnly ? folders : `${folders}, ${formatCount(this.#others, 'file')}`;
    const lines = [isComplete ? counts : `${counts} so far, and there is more; --limit allows more.`];
    if (this.#isOffline) lines.push(OFFLINE_NOTE);
    this.#session.printLine(colors.dim(`\n${lines.join('\n')}`));
  }

  fail(error: unknown): void {
    this.#session.fail(error);
  }
}

/** One document, written while it grows: `{"folder":…,"isOffline":…,"items":[{…,"depth":1},…],"nextCursor":null,"isComplete":…,"problems":[…]}`. */
class JsonTree implements TreePrinter {
  readonly #session: Session;
  readonly #problems: TreeProblem['problem'][] = [];
  #separator = '';

  constructor(session: Session) {
    this.#session = session;
  }

  begin(folder: Entry, isOffline: boolean): void {
    const head = JSON.stringify({ folder, isOffline }).slice(0, -1);
    this.#session.printPart(`${head},"items":[`);
  }

  add(node: TreeNode | TreeProblem): void {
    if ('problem' in node) {
      this.#problems.push(node.problem);
      return;
    }
    this.#session.printPart(`${this.#separator}${JSON.stringify({ ...node.entry, depth: node.depth })}`);
    this.#separator = ',';
  }

  end(isComplete: boolean): void {
    this.#close({ isComplete });
  }

  fail(error: unknown): void {
    this.#close({ isComplete: false, error: toMooringError(error).toBody() });
    this.#session.fail(error);
  }

  #close(rest: object): void {
    const tail = JSON.stringify({ nextCursor: null, problems: this.#problems, ...rest }).slice(1);
    this.#session.printPart(`],${tail}\n`);
  }
}
