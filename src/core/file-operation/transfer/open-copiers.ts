import type { CopyControl } from '../file-copy/copy-control.ts';
import { FileCopier } from '../file-copy/file-copier.ts';

export interface OpenCopiersOptions {
  control: CopyControl;
  parallel: boolean;
  checkTarget(): void;
}

/** The copiers of a transfer, made when they are needed: one that works out digests, and one that does not. */
export interface OpenCopiers extends Disposable {
  get(hash: boolean): FileCopier;
  /** Null when nothing was read again. */
  readonly readPastCache: boolean | null;
}

export function openCopiers(options: OpenCopiersOptions): OpenCopiers {
  const opened = new Map<boolean, FileCopier>();
  return {
    get(hash) {
      const copier = opened.get(hash) ?? new FileCopier({ ...options, hash });
      opened.set(hash, copier);
      return copier;
    },
    get readPastCache() {
      return opened.get(true)?.readPastCache ?? null;
    },
    [Symbol.dispose]() {
      for (const copier of opened.values()) copier[Symbol.dispose]();
    },
  };
}
