/**
 * A query as it was understood, free of how it was written. Texts are folded (`foldText`); what a filter stands for (`kind:image`,
 * `modified:<7d`) is already put into extensions, bytes and moments.
 */
export type Query =
  | { type: 'all' }
  | { type: 'and'; of: Query[] }
  | { type: 'or'; of: Query[] }
  | { type: 'not'; of: Query }
  /** In the name, or, of less worth, in the name of a folder above it within its location, the location's own name among them. Never empty. */
  | { type: 'text'; text: string }
  /** On the name as people read it. `isMarked`: what it finds in a name is shown there, since somebody has written it. */
  | { type: 'regex'; regex: RegExp; isMarked?: true }
  /** One of these, folded, without dots; '' stands for files without one. Files only. */
  | { type: 'extension'; extensions: string[] }
  | { type: 'kind'; kinds: ('folder' | 'file' | 'symlink' | 'other')[] }
  /** Bytes, both inclusive; null: open. Folders have the size of what is below them. */
  | { type: 'size'; min: number | null; max: number | null }
  /** Milliseconds since 1970; from inclusive, before exclusive; null: open. What has no such time does not match. */
  | { type: 'time'; field: 'modified' | 'created'; from: number | null; before: number | null }
  /** Below a folder at which the path ends so: folded names, the last one the folder's. The location's name counts as one. */
  | { type: 'in'; path: string[] }
  /** Folded part of the volume's name, or its whole fingerprint. */
  | { type: 'volume'; text: string }
  /** Folded part of the location's name. */
  | { type: 'location'; text: string }
  | { type: 'online'; isOnline: boolean }
  /** Name begins with a dot. */
  | { type: 'hidden' }
  /** A file of no bytes, or a folder with nothing in it. */
  | { type: 'empty' }
  /** Nothing: what stands for something that is not known yet. */
  | { type: 'none' };

export type QuerySort = 'relevance' | 'name' | 'size' | 'modified' | 'created';
