/** What is wrong with the value of a filter, told to whoever wrote it. Caught by the parser, which knows the place. */
export class QueryMistake extends Error {
  override readonly name = 'QueryMistake';
  readonly kind: 'mistake' | 'unknown-yet';

  constructor(message: string, kind: 'mistake' | 'unknown-yet' = 'mistake') {
    super(message);
    this.kind = kind;
  }
}
