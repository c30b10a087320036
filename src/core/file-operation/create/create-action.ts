import { z } from 'zod';
import type { ActionDefinition, ActionOutcome } from '#core/action/action-definition.ts';
import { UNDO_POSSIBLE } from '#core/action/told-undo.ts';
import type { ActionPreview } from '#shared/contract/action.ts';
import { reason } from '#shared/contract/reason.ts';
import type { ChangeSurroundings } from '../file-task/change-surroundings.ts';
import { FileIdentity } from '../file-task/file-identity.ts';
import { toOutcome, toOwnChanges, toPreview } from '../file-task/told-changes.ts';
import type { CreateRequest, CreateUndo, NewEntry } from './create-task.ts';

const CreateFacts = z.object({ path: z.string(), made: z.enum(['folder', 'file', 'symbolic', 'hard']), identity: FileIdentity });

export function createFolderAction(surroundings: ChangeSurroundings): ActionDefinition<'file.create-folder'> {
  const maker = new Maker(surroundings);
  return {
    type: 'file.create-folder',
    preview: async (input, signal) => maker.preview(maker.request(input, { kind: 'folder' }), signal),
    execute: async (input) => maker.make(maker.request(input, { kind: 'folder' })),
    ...maker.takingBack,
  };
}

export function createFileAction(surroundings: ChangeSurroundings): ActionDefinition<'file.create-file'> {
  const maker = new Maker(surroundings);
  return {
    type: 'file.create-file',
    preview: async (input, signal) => maker.preview(maker.request(input, { kind: 'file' }), signal),
    execute: async (input) => maker.make(maker.request(input, { kind: 'file' })),
    ...maker.takingBack,
  };
}

/** A symbolic link within a volume is relative, so that it leads to the same file wherever the volume is mounted. */
export function createLinkAction(surroundings: ChangeSurroundings): ActionDefinition<'file.create-link'> {
  const { addresses } = surroundings;
  const maker = new Maker(surroundings);
  const entryOf = (input: { target: string; parent: string; kind: 'symbolic' | 'hard' }): NewEntry => {
    const target = addresses.toPath(input.target);
    const [from, to] = [addresses.volumeOf(input.parent).fingerprint, addresses.volumeOf(input.target).fingerprint];
    return input.kind === 'hard' ? { kind: 'hard', target } : { kind: 'symbolic', target, isRelative: from !== null && from === to };
  };
  return {
    type: 'file.create-link',
    preview: async (input, signal) => maker.preview(maker.request(input, entryOf(input)), signal),
    execute: async (input) => maker.make(maker.request(input, entryOf(input))),
    ...maker.takingBack,
  };
}

/** Makes one thing, and takes it away again if nobody has touched it. */
class Maker {
  readonly #surroundings: ChangeSurroundings;

  constructor(surroundings: ChangeSurroundings) {
    this.#surroundings = surroundings;
  }

  request({ parent, name }: { parent: string; name: string }, entry: NewEntry): CreateRequest {
    return { parent: this.#surroundings.addresses.toPath(parent), name, entry };
  }

  async preview(request: CreateRequest, signal: AbortSignal): Promise<ActionPreview> {
    const { tasks, addresses, mounts } = this.#surroundings;
    return toPreview(await tasks.run('create', { request, mounts: mounts(), isRehearsal: true }, { signal }), addresses, UNDO_POSSIBLE);
  }

  /** @throws MooringError `PATH_ALREADY_EXISTS`, and what the file system says */
  async make(request: CreateRequest): Promise<ActionOutcome> {
    const { tasks, addresses, follow, mounts } = this.#surroundings;
    const { changes } = await tasks.run('create', { request, mounts: mounts(), isRehearsal: false });
    await follow.changed(toOwnChanges(changes));
    const [made] = changes;
    const facts = { path: addresses.of(made?.to ?? ''), made: request.entry.kind, identity: made?.identity };
    return { ...toOutcome(changes, addresses), undo: { facts } };
  }

  get takingBack(): Required<Pick<ActionDefinition, 'previewUndo' | 'undo'>> {
    const { tasks, addresses, follow } = this.#surroundings;
    return {
      previewUndo: async (facts, signal) =>
        toPreview(await tasks.run('create-back', { undo: this.#read(facts), isRehearsal: true }, { signal }), addresses, UNDO_POSSIBLE),
      undo: async (facts) => {
        const { changes } = await tasks.run('create-back', { undo: this.#read(facts), isRehearsal: false });
        await follow.changed(toOwnChanges(changes));
        return { ...toOutcome(changes, addresses), undo: { reason: reason('was-undone', {}) } };
      },
    };
  }

  #read(facts: Record<string, unknown>): CreateUndo {
    const { path, ...known } = CreateFacts.parse(facts);
    return { path: this.#surroundings.addresses.toPath(path), ...known };
  }
}
