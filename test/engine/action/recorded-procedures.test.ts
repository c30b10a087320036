import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionRecord } from '#shared/contract/action.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';

const missing = loopMountAbility().reason;

let test: TestEngine;

async function newest(): Promise<ActionRecord> {
  const { items } = await test.client.actions.list({ limit: 1 });
  const [action] = items;
  if (!action) throw new Error('Nothing was recorded.');
  return action;
}

async function undoNewest(): Promise<ActionRecord> {
  const { id } = await newest();
  return (await test.client.actions.undo({ id })).action;
}

const types = async () => (await test.client.actions.list({})).items.map(({ type }) => type);

beforeEach(async () => {
  test = await startTestEngine();
  await test.client.libraries.create({ name: 'Home' });
});
afterEach(() => test[Symbol.asyncDispose]());

describe('what is done with libraries', () => {
  it('is remembered in them, with what cannot be undone and why', async () => {
    expect(await newest()).toMatchObject({
      type: 'library.create',
      input: { name: 'Home' },
      status: 'completed',
      result: { kind: 'library', name: 'Home' },
      undo: { state: 'impossible', reason: expect.stringContaining('trash') },
    });
    await expectError('UNDO_REFUSED', undoNewest());
  });

  it('is taken back: names, descriptions, settings', async () => {
    await test.client.libraries.rename({ name: 'Other' });
    await undoNewest();
    expect((await test.client.libraries.current())?.name).toBe('Home');
    await test.client.libraries.update({ description: 'Mine', settings: { thumbnailQuality: 12 } });
    await undoNewest();
    expect(await test.client.libraries.current()).toMatchObject({ description: '', settings: { thumbnailQuality: 85 } });
    expect(await types()).toEqual(['undo', 'library.update', 'undo', 'library.rename', 'library.create']);
  });

  it('is not taken back over a later change', async () => {
    await test.client.libraries.update({ description: 'One' });
    const { id } = await newest();
    await test.client.libraries.update({ description: 'Two' });
    await expectError('UNDO_REFUSED', test.client.actions.undo({ id }));
    expect((await test.client.libraries.current())?.description).toBe('Two');
    expect((await test.client.actions.get({ id })).undo).toMatchObject({
      state: 'possible',
      reason: expect.stringContaining('again since'),
    });
  });

  it('is not remembered when it changes nothing', async () => {
    await test.client.libraries.update({ description: '' });
    await test.client.libraries.rename({ name: 'Home' });
    expect(await types()).toEqual(['library.create']);
  });

  it('is remembered in what was restored', async () => {
    await test.client.libraries.backup({});
    await test.client.libraries.restore({});
    expect(await newest()).toMatchObject({ type: 'library.restore', undo: { reason: expect.stringContaining('backup') } });
  });
});

describe.skipIf(missing !== null)(`what is done with locations and volumes (${missing ?? 'real drives'})`, () => {
  let stick: DiskImage;
  let root: string;

  beforeEach(async () => {
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16, label: 'Stick' });
    root = await stick.mount(path.join(await makeTestDir('mount'), 'stick'));
    await test.client.volumes.refresh();
  });
  afterEach(async () => {
    await test[Symbol.asyncDispose]();
    await stick.dispose();
  });

  const locations = async () => (await test.client.locations.list({})).items;
  const volume = () => test.client.volumes.get({ volume: root });

  it('takes back that a location was added, and that it was removed, with all that was set', async () => {
    await test.client.locations.add({ path: root, name: 'Photos', rules: { skipHidden: true }, watch: false });
    expect((await newest()).input).toMatchObject({ path: expect.stringMatching(/^sd:\/\/volume\//), name: 'Photos' });
    const [added] = await locations();
    await test.client.locations.remove({ location: 'Photos' });
    await undoNewest();
    expect(await locations()).toMatchObject([{ name: 'Photos', path: added?.path, watchEnabled: false, rules: added?.rules ?? {} }]);
    const [adding] = (await test.client.actions.list({ text: 'location.add' })).items;
    await expectError('UNDO_REFUSED', test.client.actions.undo({ id: adding?.id ?? '' }));
    await test.client.locations.remove({ location: 'Photos' });
    await test.client.locations.add({ path: root });
    await undoNewest();
    expect(await locations()).toEqual([]);
  });

  it('takes back what was changed of a location', async () => {
    const { location } = await test.client.locations.add({ path: root, name: 'Photos', watch: false });
    await test.client.locations.update({ location: location.id, name: 'Pictures', rules: { skipHidden: true } });
    await undoNewest();
    expect(await locations()).toMatchObject([{ name: 'Photos', rules: location.rules }]);
    await test.client.locations.update({ location: location.id, name: 'Photos' });
    expect((await newest()).type).toBe('undo');
  });

  it('takes back that a volume was tracked, changed, and forgotten', async () => {
    await test.client.volumes.track({ volume: root, name: 'Backup' });
    await test.client.volumes.update({ volume: root, color: '#ff0000', isFavorite: true });
    await test.client.volumes.untrack({ volume: root });
    await undoNewest();
    expect(await volume()).toMatchObject({ name: 'Backup', tracking: { color: '#ff0000', isFavorite: true } });
    const [update] = (await test.client.actions.list({ text: 'volume.update' })).items;
    await test.client.actions.undo({ id: update?.id ?? '' });
    expect(await volume()).toMatchObject({ tracking: { color: null, isFavorite: false } });
    const [track] = (await test.client.actions.list({ text: 'volume.track' })).items;
    await test.client.actions.undo({ id: track?.id ?? '' });
    expect((await volume()).tracking).toBeNull();
  });

  it('says why a volume that was forgotten with its locations does not come back, and which one has to be plugged in', async () => {
    await test.client.locations.add({ path: root, watch: false });
    await test.client.volumes.untrack({ volume: root, locations: 'remove' });
    await expectError('UNDO_REFUSED', undoNewest());
    await test.client.volumes.track({ volume: root, name: 'Backup' });
    await test.client.volumes.untrack({ volume: root });
    await stick.unmount();
    await test.client.volumes.refresh();
    await expect(undoNewest()).rejects.toMatchObject({ code: expect.stringMatching(/^VOLUME_/) });
    expect((await newest()).undo.state).toBe('possible');
  });
});
