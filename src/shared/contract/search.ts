import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Entry } from './entry.ts';
import { Job } from './job.ts';
import { LibraryRef } from './library.ts';
import { Flag, PageInput, Timestamp } from './paging.ts';

export const SearchSort = z.enum(['relevance', 'name', 'size', 'modified', 'created']);
export type SearchSort = z.infer<typeof SearchSort>;

/** A part of a text in UTF-16 code units: from `start` to before `end`. */
const TextRange = z.object({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() });
export type TextRange = z.infer<typeof TextRange>;

/** Long enough for everything that people write or paste; what is longer is refused. */
const QueryText = z.string().max(4096);

/** What can be wrong in a query; behind each what `params` has. */
export const QueryProblemCode = z.enum([
  'or-before-missing',
  'or-after-missing',
  'excluded-missing',
  'bracket-closes-nothing',
  'bracket-not-closed',
  'brackets-too-deep', // most
  'quote-not-closed',
  'regex-not-closed',
  'too-many-parts', // most
  'too-many-values', // most
  'word-empty',
  'wildcards-too-long', // most
  'filter-unknown', // name
  'filter-misspelt', // name, near
  'value-missing', // name (of the filter), example
  'name-missing',
  'folder-missing',
  'kind-unknown', // value
  'state-unknown', // value, states
  'state-misspelt', // value, near
  'size-missing',
  'size-unreadable', // value
  'time-missing',
  'time-unreadable', // value
  'time-too-old', // value
  'date-impossible', // value
  'regex-expected', // value
  'regex-missing',
  'regex-too-long', // most
  'regex-flags',
  'regex-invalid', // reason, in English, and its reasonCode: a RegexReason
  'duplicates-not-known-yet',
  'favorites-not-known-yet',
  'tags-not-known-yet',
  'content-not-known-yet',
  'cameras-not-known-yet',
  'copies-not-known-yet',
]);
export type QueryProblemCode = z.infer<typeof QueryProblemCode>;

/** What can be wrong with a regular expression. */
export const RegexReason = z.enum([
  'group-not-closed',
  'bracket-closes-nothing',
  'class-not-closed',
  'nothing-to-repeat',
  'counts-reversed',
  'range-reversed',
  'brackets-alone',
  'backslash-at-end',
  'escape-unknown',
  'group-unknown',
  'other',
]);
export type RegexReason = z.infer<typeof RegexReason>;

/** What is wrong in a query, and where. The rest of the query counts nevertheless. */
export const QueryProblem = TextRange.extend({
  /** `mistake`: this part cannot be understood. `unknown-yet`: it is understood, and nothing is known that would answer it. */
  kind: z.enum(['mistake', 'unknown-yet']),
  code: QueryProblemCode,
  /** What the sentence for a code is filled in with. */
  params: z.record(z.string(), z.string()),
  /** What happened and what can be done, for people: the same in English. */
  message: z.string(),
});
export type QueryProblem = z.infer<typeof QueryProblem>;

/** One part of a query as it was understood: what a chip shows. */
export const QueryTerm = TextRange.extend({
  kind: z.enum(['word', 'phrase', 'regex', 'filter']),
  /** Of a filter, e.g. `ext`. */
  filter: z.string().nullable(),
  /** Without quotes and sign. */
  text: z.string(),
  isNegated: z.boolean(),
});
export type QueryTerm = z.infer<typeof QueryTerm>;

/** What the detail of a completion can say; behind each what `detailParams` has. */
export const CompletionDetailCode = z.enum([
  // What a filter is for; example
  'filter-ext',
  'filter-kind',
  'filter-size',
  'filter-modified',
  'filter-created',
  'filter-in',
  'filter-volume',
  'filter-location',
  'filter-is',
  'filter-name',
  // What a state is
  'state-offline',
  'state-online',
  'state-hidden',
  'state-empty',
  'size-over', // size, as it is written in a query
  'size-under', // size
  'size-between', // from, to
  'size-none',
  'time-last-hours', // count
  'time-last-days', // count
  'time-last-year',
  'time-over-year',
  'volume-online',
  'volume-offline',
  'location-on', // volume
]);
export type CompletionDetailCode = z.infer<typeof CompletionDetailCode>;

/** An entry that was found, wherever it is. */
export const SearchHit = z.object({
  entry: Entry,
  /** The folder that holds it, for people to read: name of the location, then folders, joined by `/`. */
  folderText: z.string(),
  locationId: z.uuid(),
  locationName: z.string(),
  volumeName: z.string(),
  /** Its volume is mounted on this computer. */
  isOnline: z.boolean(),
  /** Where words and expressions of the query are in `entry.name`, in order, none over another. */
  matches: z.array(TextRange),
  /** Where words of the query are in `folderText`, likewise. */
  folderMatches: z.array(TextRange),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** A query that a user keeps. What it finds is looked for anew each time. */
export const SavedSearch = z.object({
  id: z.uuid(),
  libraryId: z.uuid(),
  name: z.string(),
  query: z.string(),
  sort: SearchSort,
  order: z.enum(['asc', 'desc']),
  createdAt: Timestamp,
});
export type SavedSearch = z.infer<typeof SavedSearch>;

const Order = z.enum(['asc', 'desc']);
const Name = z.string().trim().min(1).max(255);
const Ref = z.object({ id: z.uuid(), library: LibraryRef.optional() });
const tag = 'Search';
export const searchContract = {
  query: oc
    .route({ method: 'GET', path: '/search', tags: [tag], summary: 'Everything a library knows, by the language of docs/search.md' })
    .input(
      PageInput.extend({
        query: QueryText,
        sort: SearchSort.default('relevance'),
        /** Left out: ascending for names, else descending; the best first for relevance, which knows no other order. */
        order: Order.optional(),
        library: LibraryRef.optional(),
        /** Whether `count` is wanted. */
        count: Flag.default(true),
        /** Where counting ends: the first page of what very many entries match comes sooner. */
        countUpTo: z.coerce.number().int().positive().default(10_000),
      }),
    )
    .output(
      z.object({
        items: z.array(SearchHit),
        nextCursor: z.string().nullable(),
        /** Of all pages. Not exact: there are more than `value`, which is `countUpTo` then. Null when it was not asked for. */
        count: z.object({ value: z.number().int(), isExact: z.boolean() }).nullable(),
        problems: z.array(QueryProblem),
        terms: z.array(QueryTerm),
      }),
    ),
  /** What may be written at a place of a query, the likeliest first. */
  complete: oc
    .route({ method: 'GET', path: '/search/complete', tags: [tag] })
    .input(
      z.object({
        query: QueryText,
        /** Of the caret, in UTF-16 code units; left out: the end. */
        position: z.coerce.number().int().nonnegative().optional(),
        library: LibraryRef.optional(),
      }),
    )
    .output(
      z.object({
        /** What a choice replaces. */
        range: TextRange,
        items: z.array(
          z.object({
            /** What is put there. */
            text: z.string(),
            label: z.string(),
            /** What it means, in English; empty where the label says it. */
            detail: z.string(),
            /** What `detail` says; null where it is empty, or nothing to be translated (the way to a folder). */
            detailCode: CompletionDetailCode.nullable(),
            /** What the sentence for that code is filled in with. */
            detailParams: z.record(z.string(), z.string()),
          }),
        ),
      }),
    ),
  /** Makes the search index anew from the entries. */
  rebuild: oc
    .route({ method: 'POST', path: '/search/rebuild', tags: [tag], successStatus: 202 })
    .input(z.object({ library: LibraryRef.optional() }))
    .output(z.object({ job: Job })),
  /** Holds the search index against the entries. */
  check: oc
    .route({ method: 'POST', path: '/search/check', tags: [tag] })
    .input(z.object({ library: LibraryRef.optional() }))
    .output(
      z.object({
        isConsistent: z.boolean(),
        entryCount: z.number().int(),
        /** Entries of which the search index says something else than the library, or nothing, and ones that are only in it. */
        differenceCount: z.number().int(),
      }),
    ),
  saved: {
    list: oc
      .route({ method: 'GET', path: '/search/saved', tags: [tag] })
      .input(z.object({ library: LibraryRef.optional() }))
      .output(z.object({ items: z.array(SavedSearch), nextCursor: z.null() })),
    add: oc
      .route({ method: 'POST', path: '/search/saved', tags: [tag], successStatus: 201 })
      .input(
        z.object({
          name: Name,
          query: QueryText.min(1),
          sort: SearchSort.default('relevance'),
          order: Order.default('desc'),
          library: LibraryRef.optional(),
        }),
      )
      .output(SavedSearch),
    update: oc
      .route({ method: 'PATCH', path: '/search/saved', tags: [tag] })
      .input(
        Ref.extend({ name: Name.optional(), query: QueryText.min(1).optional(), sort: SearchSort.optional(), order: Order.optional() }),
      )
      .output(SavedSearch),
    remove: oc
      .route({ method: 'DELETE', path: '/search/saved', tags: [tag] })
      .input(Ref)
      .output(z.object({ id: z.uuid(), name: z.string() })),
  },
};
