import { readPositionCursor, writePositionCursor } from '#core/db/position-cursor.ts';
import type { TransferReportLine } from '#shared/contract/file.ts';
import { joinAddress } from '#shared/sd-path.ts';
import { decodeName, type FolderLine, type JournalLine, type MoveLine, type PlaceLine, readJournal } from './transfer-journal.ts';

/** Addresses of a journal's folders. */
class JournalAddresses {
  readonly #items: { source: string; destination: string }[] = [];
  readonly #folders = new Map<number, { source: string; target: string }>();

  takeItems(items: readonly { source: string; destination: string }[]): void {
    this.#items.push(...items);
  }

  takeFolder({ id, in: parent, item, from, to }: FolderLine): void {
    const above = parent === null ? null : this.#folders.get(parent);
    const { source = '', destination = '' } = this.#items[item] ?? {};
    const root = { source: source.slice(0, source.lastIndexOf('/')), target: destination };
    this.#folders.set(
      id,
      above ? { source: joinAddress(above.source, decodeName(from)), target: joinAddress(above.target, decodeName(to)) } : root,
    );
  }

  lineOf(line: PlaceLine | MoveLine): TransferReportLine {
    const { source = '', target = '' } = this.#folders.get(line.in) ?? {};
    const isMoved = line.do === 'move';
    return {
      source: joinAddress(source, decodeName(line.from)),
      target: joinAddress(target, decodeName(line.to)),
      bytes: isMoved && line.isFolder ? 0 : line.mark.size,
      digest: isMoved ? null : line.digest,
      state: isMoved ? 'moved' : line.verified ? 'verified' : 'copied',
    };
  }
}

/** A page of what a transfer has placed. @throws MooringError `CURSOR_INVALID`; an error of `node:fs` */
export function readReport(path: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const from = readPositionCursor(cursor);
  const doubtful = keysThatFailed(path);
  const held = new Map<string, PlaceLine | MoveLine>();
  const addresses = new JournalAddresses();
  const items: TransferReportLine[] = [];
  let position = 0;
  const emit = (line: PlaceLine | MoveLine) => {
    if (position++ >= from) items.push(addresses.lineOf(line));
  };
  for (const { line } of readJournal(path)) {
    if ('version' in line) addresses.takeItems(line.items);
    else if (line.do === 'folder') addresses.takeFolder(line);
    else if (line.do === 'failed') held.delete(keyOf(line));
    else if (line.do === 'place' || line.do === 'move') {
      if (doubtful.has(keyOf(line))) held.set(keyOf(line), line);
      else emit(line);
    }
    if (items.length > limit) break;
  }
  if (items.length <= limit) for (const line of held.values()) emit(line);
  return { items: items.slice(0, limit), nextCursor: items.length > limit ? writePositionCursor(from + limit) : null };
}

/** Of these it takes the whole journal to know what has become. */
function keysThatFailed(path: string): Set<string> {
  const keys = new Set<string>();
  for (const { line } of readJournal(path)) if (!('version' in line) && line.do === 'failed') keys.add(keyOf(line));
  return keys;
}

function keyOf(line: Extract<JournalLine, { do: 'place' | 'move' | 'failed' }>): string {
  return `${line.in}/${line.from}`;
}
