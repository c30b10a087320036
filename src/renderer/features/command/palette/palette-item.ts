import type { ReactNode } from 'react';
import type { SearchHit } from '../../../../shared/contract/search.ts';

/** What the palette leads to, in the order in which it lists what fits equally well. */
export const PALETTE_KINDS = ['command', 'tab', 'volume', 'location', 'favourite', 'recent', 'search', 'setting', 'file'] as const;
export type PaletteKind = (typeof PALETTE_KINDS)[number];

export interface PaletteItem {
  /** Unlike that of any other item, and the same tomorrow. */
  key: string;
  kind: PaletteKind;
  label: string;
  /** Other words that find it. */
  keywords?: readonly string[];
  picture: ReactNode;
  /** Where it is, or what it is part of. */
  detail?: string;
  chord?: string | undefined;
  /** Where in the label is what was searched for. */
  matches?: SearchHit['matches'];
  isAway?: boolean;
  run: () => unknown;
}
