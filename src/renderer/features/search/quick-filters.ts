import type { en } from '../../i18n/en.ts';
import type { FilterGroup } from './query-text.ts';

/** A menu of filters, of which a query has one or none. */
export interface QuickFilter {
  name: keyof typeof en.search.quick;
  /** In the language of docs/search.md; the text of each is `search.choice.…` by the same name. */
  choices: readonly { text: string; label: keyof typeof en.search.choice }[];
}

export const QUICK_FILTERS: readonly QuickFilter[] = [
  {
    name: 'kind',
    choices: [
      { text: 'kind:folder', label: 'folder' },
      { text: 'kind:image', label: 'image' },
      { text: 'kind:video', label: 'video' },
      { text: 'kind:audio', label: 'audio' },
      { text: 'kind:document', label: 'document' },
      { text: 'kind:spreadsheet', label: 'spreadsheet' },
      { text: 'kind:archive', label: 'archive' },
      { text: 'kind:code', label: 'code' },
    ],
  },
  {
    name: 'size',
    choices: [
      { text: 'size:0', label: 'sizeEmpty' },
      { text: 'size:<1mb', label: 'sizeSmall' },
      { text: 'size:1mb..100mb', label: 'sizeMedium' },
      { text: 'size:100mb..1gb', label: 'sizeLarge' },
      { text: 'size:>1gb', label: 'sizeHuge' },
    ],
  },
  {
    name: 'date',
    choices: [
      { text: 'modified:today', label: 'today' },
      { text: 'modified:<7d', label: 'week' },
      { text: 'modified:<30d', label: 'month' },
      { text: 'modified:<1y', label: 'year' },
      { text: 'modified:>1y', label: 'older' },
    ],
  },
  {
    name: 'drive',
    choices: [
      { text: 'is:online', label: 'online' },
      { text: 'is:offline', label: 'offline' },
    ],
  },
];

export const groupOf = ({ choices }: QuickFilter): FilterGroup => choices.map(({ text }) => text);
