import { randomUUID } from 'node:crypto';
import { reasonError } from '#core/fs/reason-error.ts';
import type { FileAction } from '#shared/contract/action.ts';
import { MOST_CHOSEN } from '#shared/contract/file.ts';

const PREFIX = 'sd://sources/';
/** Of more, those are forgotten that were used longest ago: each may have megabytes. */
const MOST_LISTS = 6;

/** Lists of files that are too long for one message. They are handed over in parts, and an action then has the address of its list as a source. */
export class HandedSources {
  /** In the order of their last use. */
  readonly #lists = new Map<string, readonly string[]>();

  /**
   * @param to address of a list that these belong to; left out, they begin a new one
   * @throws MooringError `INVALID_INPUT` when it would be too long, or is not known any more
   */
  add(sources: readonly string[], to?: string): { address: string; count: number } {
    const list = [...(to === undefined ? [] : this.#listAt(to)), ...sources];
    if (list.length > MOST_CHOSEN) throw tooMany();
    const address = to ?? `${PREFIX}${randomUUID()}`;
    this.#remember(address, list);
    return { address, count: list.length };
  }

  /** The action with what its lists hold in their place. @throws MooringError `INVALID_INPUT` as `add` */
  expand<Action extends FileAction>(action: Action): Action {
    if (!('sources' in action) || !action.sources.some((source) => source.startsWith(PREFIX))) return action;
    const sources = action.sources.flatMap((source) => (source.startsWith(PREFIX) ? this.#listAt(source) : [source]));
    if (sources.length > MOST_CHOSEN) throw tooMany();
    return { ...action, sources };
  }

  #listAt(address: string): readonly string[] {
    const list = this.#lists.get(address);
    if (!list) throw reasonError('INVALID_INPUT', 'list-forgotten', {});
    this.#remember(address, list);
    return list;
  }

  #remember(address: string, list: readonly string[]): void {
    this.#lists.delete(address);
    this.#lists.set(address, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MOST_LISTS && oldest !== undefined) this.#lists.delete(oldest);
  }
}

function tooMany() {
  return reasonError('INVALID_INPUT', 'too-many-at-once', { most: MOST_CHOSEN });
}
