import type { TFunction } from 'i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { familyOf } from '../entry/entry-icons.ts';

/** What several entries are together. */
export interface ChosenSummary {
  /** By kind, the most frequent first: `folder`, `symlink`, `other`, or the family of a file. */
  kinds: [kind: ReturnType<typeof kindNameOf>, count: number][];
  sizeBytes: number;
  /** Something in it has no known size, or is not loaded: it is at least that. */
  isLeast: boolean;
  modified: { from: string; to: string } | null;
  /** Fingerprints of the volumes that they lie on. */
  volumes: string[];
}

export function kindNameOf(entry: Pick<Entry, 'kind' | 'extension'>) {
  return entry.kind === 'file' ? familyOf(entry) : entry.kind;
}

/** As lists call it. */
export function kindText(kind: ReturnType<typeof kindNameOf>, t: TFunction): string {
  return kind === 'folder' || kind === 'symlink' || kind === 'other' ? t(`entryKind.${kind}`) : t(`family.${kind}`);
}

/** @param count of all that are chosen, of which `entries` are loaded */
export function summarize(entries: readonly Entry[], count: number): ChosenSummary {
  const kinds = new Map<ChosenSummary['kinds'][number][0], number>();
  const volumes = new Set<string>();
  let sizeBytes = 0;
  let isLeast = entries.length < count;
  // ISO 8601 sorts as text.
  const times: string[] = [];
  for (const entry of entries) {
    const kind = kindNameOf(entry);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (entry.volumeFingerprint !== null) volumes.add(entry.volumeFingerprint);
    // What a link takes up is that of its text, which nobody asks for.
    if (entry.kind !== 'symlink') {
      sizeBytes += entry.sizeBytes ?? 0;
      isLeast ||= entry.sizeBytes === null;
    }
    if (entry.modifiedAt !== null) times.push(entry.modifiedAt);
  }
  times.sort();
  const [from, to = from] = [times[0], times.at(-1)];
  const modified = from === undefined || to === undefined ? null : { from, to };
  return { kinds: [...kinds].sort(([, a], [, b]) => b - a), sizeBytes, isLeast, modified, volumes: [...volumes] };
}
