import { z } from 'zod';
import { reasonError } from '#core/fs/reason-error.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Library } from '#core/library/library.ts';
import type { LibrarySettingsPatch } from '#core/library/library-manifest.ts';
import type { ActionResult } from '#shared/contract/action.ts';
import { LibrarySettings } from '#shared/contract/library.ts';
import { reason } from '#shared/contract/reason.ts';
import type { Actions } from '../actions.ts';
import { UNDOING } from '../told-undo.ts';
import { FieldsChanged, fieldsChanged, refuseIfChangedSince } from './change-back.ts';

export interface RecordedLibrariesOptions {
  actions: Actions;
  libraries: Libraries;
}

const Changed = FieldsChanged.extend({ library: z.string() });
const Renamed = z.object({ library: z.string(), from: z.string(), to: z.string() });
const SettingsBefore = LibrarySettings.partial();

/** What users do with libraries, remembered as actions in the library itself while it is open; and how it is taken back. */
export class RecordedLibraries {
  readonly #options: RecordedLibrariesOptions;

  constructor(options: RecordedLibrariesOptions) {
    this.#options = options;
    const { actions, libraries } = options;
    actions.registerUndo('library.rename', async (facts) => {
      const { library: id, from, to } = Renamed.parse(facts);
      if (libraries.resolve(id).name !== to) throw reasonError('UNDO_REFUSED', 'library-renamed-since', {});
      return { result: shown(await libraries.rename(id, from)), undo: UNDOING };
    });
    actions.registerUndo('library.update', async (facts) => {
      const changed = Changed.parse(facts);
      const library = libraries.resolve(changed.library);
      refuseIfChangedSince(changed, fieldsOf(library));
      const { description, ...settings } = changed.before;
      const back = { settings: SettingsBefore.parse(settings), ...(typeof description === 'string' ? { description } : {}) };
      return { result: shown(await libraries.update(library.id, back)), undo: UNDOING };
    });
  }

  async create(wanted: Parameters<Libraries['create']>[0]): Promise<Library> {
    const library = await this.#options.libraries.create(wanted);
    this.#record('library.create', { ...wanted }, library, { reason: reason('delete-library-instead', {}) });
    return library;
  }

  async rename(ref: string | undefined, name: string): Promise<Library> {
    const { libraries } = this.#options;
    const from = libraries.resolve(ref).name;
    const library = await libraries.rename(ref, name);
    if (library.name === from) return library;
    this.#record('library.rename', { library: from, name }, library, { facts: { library: library.id, from, to: library.name } });
    return library;
  }

  async update(
    ref: string | undefined,
    change: { description?: string | undefined; settings?: LibrarySettingsPatch | undefined },
  ): Promise<Library> {
    const { libraries } = this.#options;
    const before = fieldsOf(libraries.resolve(ref));
    const library = await libraries.update(ref, change);
    const given = { ...change.settings, ...(change.description === undefined ? {} : { description: change.description }) };
    const changed = fieldsChanged(given, before, fieldsOf(library));
    if (changed)
      this.#record('library.update', { library: library.name, ...given }, library, { facts: { library: library.id, ...changed } });
    return library;
  }

  async delete(ref: string): Promise<{ id: string; name: string }> {
    const { actions, libraries } = this.#options;
    const { path } = await libraries.get(ref);
    const deleted = await libraries.delete(ref);
    actions.recorded({
      type: 'library.delete',
      input: { library: deleted.name, path },
      // It cannot remember its own end.
      library: libraries.current,
      result: { kind: 'library', ...deleted },
      undo: { reason: reason('restore-library', {}) },
    });
    return deleted;
  }

  async restore(ref: string | undefined, backup?: string): Promise<Library> {
    const library = await this.#options.libraries.restore(ref, backup);
    this.#record('library.restore', { library: library.name, backup: backup ?? null }, library, {
      reason: reason('restore-newest-backup', {}),
    });
    return library;
  }

  #record(
    type: 'library.create' | 'library.rename' | 'library.update' | 'library.restore',
    input: Record<string, unknown>,
    library: Library,
    undo: Parameters<Actions['recorded']>[0]['undo'],
  ): void {
    this.#options.actions.recorded({ type, input, library, result: shown(library), undo });
  }
}

function shown({ id, name }: Library): ActionResult {
  return { kind: 'library', id, name };
}

function fieldsOf(library: Library): Record<string, unknown> {
  const { description, settings } = library.info(false);
  return { description, ...settings };
}
