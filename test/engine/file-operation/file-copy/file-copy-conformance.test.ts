import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setAttributeSync } from '@napi-rs/xattr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CopiedFile, type CopyStrategy, SMALL_BYTES } from '#core/file-operation/file-copy/copy-item.ts';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import { fuseAbility, loopMountAbility } from '#test/instruments/host-abilities.ts';
import { b3sum, itemOf, looksOf, makeCopier, namesIn, newFolder, openPlace, type PlaceKind } from './copy-world.ts';

const MIB = 1024 * 1024;
const BYTES_NAME = Buffer.from('6e6f74207574662d38ff', 'hex');
/** Version 2; owner rwx, a user rw, the owning group nothing, at most rwx, others nothing. */
const ACL = Buffer.from(
  `02000000${'01000700ffffffff'}${'02000600e8030000'}${'04000000ffffffff'}${'10000700ffffffff'}${'20000000ffffffff'}`,
  'hex',
);

/** Each file: its name, and what makes it of an empty folder. */
const FILES: Record<string, (file: string) => void> = {
  empty: (file) => writeFileSync(file, ''),
  'one byte': (file) => writeFileSync(file, 'x'),
  small: (file) => writeFileSync(file, Buffer.alloc(4096, 'small')),
  'as large as a small file may be': (file) => writeFileSync(file, Buffer.alloc(SMALL_BYTES, 'abc')),
  'one byte more': (file) => writeFileSync(file, Buffer.alloc(SMALL_BYTES + 1, 'abcd')),
  large: (file) => writeFileSync(file, Buffer.alloc(9 * MIB + 17, 'mooring')),
  ['x'.repeat(255)]: (file) => writeFileSync(file, 'a long name'),
  'new\nline \u202e -rf': (file) => writeFileSync(file, 'a strange name'),
  'zeros in blocks': (file) => writeFileSync(file, Buffer.alloc(2 * MIB)),
  'read only': (file) => {
    writeFileSync(file, 'nobody writes');
    chmodSync(file, 0o400);
  },
  'of somebody else, with set-id bits': (file) => {
    writeFileSync(file, 'program');
    chownSync(file, 1234, 5678);
    chmodSync(file, 0o6755);
  },
  'large, of somebody else': (file) => {
    writeFileSync(file, Buffer.alloc(3 * MIB, 'x'));
    chownSync(file, 1234, 5678);
    chmodSync(file, 0o2640);
  },
  'with nanoseconds': (file) => {
    writeFileSync(file, 'x');
    execFileSync('touch', ['-d', '2033-05-18 03:33:20.999999999 UTC', '--', file]);
  },
  'before 1970': (file) => {
    writeFileSync(file, 'x');
    execFileSync('touch', ['-d', '1969-12-31 23:59:58.250000001 UTC', '--', file]);
  },
};
const SPARSE: Record<string, (file: string) => void> = {
  'a hole': (file) => {
    writeFileSync(file, '');
    truncateSync(file, 64 * MIB);
  },
  'a small hole': (file) => {
    writeFileSync(file, '');
    truncateSync(file, 200 * 1024);
  },
  'data between holes': (file) => {
    writeFileSync(file, '');
    truncateSync(file, 40 * MIB);
    for (const at of ['3', '4095', '9000']) {
      execFileSync('dd', ['if=/dev/urandom', `of=${file}`, 'bs=4096', 'count=2', `seek=${at}`, 'conv=notrunc', 'status=none']);
    }
  },
  'data, then a hole': (file) => {
    writeFileSync(file, Buffer.alloc(3 * MIB, 'data'));
    truncateSync(file, 30 * MIB + 5);
  },
};
const ATTRIBUTED: Record<string, (file: string) => void> = {
  'with attributes': (file) => {
    writeFileSync(file, 'x');
    setAttributeSync(file, 'user.mooring.test', Buffer.from('a\0b'));
    setAttributeSync(file, 'user.empty', Buffer.alloc(0));
    setAttributeSync(file, 'trusted.mooring', Buffer.from('root'));
  },
  'large, with attributes': (file) => {
    writeFileSync(file, Buffer.alloc(5 * MIB, 'attributes'));
    setAttributeSync(file, 'user.mooring.test', Buffer.from('large'));
  },
  'with a capability': (file) => {
    writeFileSync(file, 'x');
    chownSync(file, 1234, 5678);
    setAttributeSync(file, 'security.capability', Buffer.from('0100000200200000000000000000000000000000', 'hex'));
  },
  'with an ACL': (file) => {
    writeFileSync(file, 'x');
    setAttributeSync(file, 'system.posix_acl_access', ACL);
  },
};

interface Pair {
  from: PlaceKind;
  /** `same`: within one volume; `subvolume`: of one Btrfs to another. */
  to: PlaceKind | 'same' | 'subvolume';
  /** How files of a megabyte and more are copied; those with holes are streamed where nothing is cloned. */
  large: CopyStrategy;
  /** What the target does not keep. */
  keepsAttributes: boolean;
}

const PAIRS: Pair[] = [
  { from: 'ext4', to: 'ext4', large: 'stream', keepsAttributes: true },
  { from: 'ext4', to: 'same', large: 'kernel', keepsAttributes: true },
  { from: 'ext4', to: 'xfs', large: 'stream', keepsAttributes: true },
  { from: 'xfs', to: 'same', large: 'clone', keepsAttributes: true },
  { from: 'xfs', to: 'btrfs', large: 'stream', keepsAttributes: true },
  { from: 'btrfs', to: 'same', large: 'clone', keepsAttributes: true },
  { from: 'btrfs', to: 'subvolume', large: 'clone', keepsAttributes: true },
  { from: 'btrfs', to: 'ext4', large: 'stream', keepsAttributes: true },
  { from: 'ext4', to: 'tmpfs', large: 'stream', keepsAttributes: true },
  { from: 'tmpfs', to: 'ext4', large: 'stream', keepsAttributes: true },
  { from: 'squashfs', to: 'ext4', large: 'stream', keepsAttributes: true },
  { from: 'ext4', to: 'fuse', large: 'stream', keepsAttributes: false },
  { from: 'fuse', to: 'ext4', large: 'stream', keepsAttributes: false },
];

describe.skipIf(!loopMountAbility().allows || !fuseAbility().allows).each(PAIRS)(
  'files from $from to $to',
  ({ from, to, large, keepsAttributes }) => {
    const cleanup = new AsyncDisposableStack();
    let source = '';
    let target = '';

    beforeAll(async () => {
      const content = cleanup.use(await openPlace(from === 'squashfs' ? 'ext4' : from));
      source = path.join(content.root, to === 'subvolume' ? 'a' : '', 'source');
      if (to === 'same') target = path.join(content.root, 'target');
      else if (to === 'subvolume') target = path.join(content.root, 'b');
      else target = cleanup.use(await openPlace(to)).root;
      if (to === 'subvolume') for (const subvolume of [path.dirname(source), target]) makeSubvolume(subvolume);
      mkdirSync(source);
      for (const [name, make] of Object.entries({ ...FILES, ...SPARSE, ...(keepsAttributes ? ATTRIBUTED : {}) }))
        make(path.join(source, name));
      writeFileSync(joinPath(source, BYTES_NAME), 'its name is not UTF-8');
      if (from === 'squashfs') source = await squash(source, cleanup);
      execFileSync('sync', ['-f', content.root]);
    });
    afterAll(() => cleanup.disposeAsync());

    async function copy(name: NativePath, hash: boolean): Promise<{ copied: CopiedFile; temp: NativePath; folder: string }> {
      const { copier } = makeCopier({ hash });
      const folder = newFolder(target);
      const item = itemOf(joinPath(source, name), folder);
      return { copied: await copier.copyToTemp(item), temp: item.temp, folder };
    }

    describe.each([{ hash: true }, { hash: false }])('with digests: $hash', ({ hash }) => {
      it.each(Object.keys(FILES))('%j is the same', async (name) => {
        const { copied, temp, folder } = await copy(name, hash);
        const file = path.join(source, name);
        expect(looksOf(temp)).toEqual(looksOf(file));
        expect(copied).toMatchObject({ bytes: lstatSync(file).size, digest: hash ? b3sum(file) : null });
        expect(copied.notKept.filter((what) => what !== 'birthtime')).toEqual([]);
        expect(namesIn(folder)).toHaveLength(1);
        // Never newer than the source, and as good as the same.
        const lateNs = lstatSync(file, { bigint: true }).mtimeNs - lstatSync(temp, { bigint: true }).mtimeNs;
        expect(lateNs >= 0n && lateNs < (name === 'before 1970' ? 1_000_001n : 1000n), `${lateNs} ns`).toBe(true);
      });

      it.each(Object.keys(SPARSE))('%j stays one', async (name) => {
        const { copied, temp } = await copy(name, hash);
        const file = path.join(source, name);
        expect(looksOf(temp)).toEqual(looksOf(file));
        expect(copied.digest).toBe(hash ? b3sum(file) : null);
        execFileSync('sync', ['-f', target]);
        if (from === 'squashfs') return;
        // XFS keeps some room ready beside what was written.
        expect(lstatSync(temp).blocks).toBeLessThanOrEqual(lstatSync(file).blocks * 1.5 + 256);
        expect(copied.notKept).not.toContain('hole');
      });

      if (keepsAttributes) {
        it.each(Object.keys(ATTRIBUTED))('%j keeps them', async (name) => {
          const { copied, temp } = await copy(name, hash);
          const file = path.join(source, name);
          expect(looksOf(temp)).toEqual(looksOf(file));
          if (from !== 'squashfs' || name !== 'with an ACL') expect(Object.keys(looksOf(file).attributes ?? {})).not.toEqual([]);
          expect(copied.notKept.filter((what) => what !== 'birthtime')).toEqual([]);
        });
      }

      it('a name that is not UTF-8 is copied as it is', async () => {
        const { copied, temp } = await copy(BYTES_NAME, hash);
        expect(looksOf(temp).content).toBe(looksOf(joinPath(source, BYTES_NAME)).content);
        expect(copied.notKept.filter((what) => what !== 'birthtime')).toEqual([]);
      });
    });

    it('takes the best way there is', async () => {
      const strategyOf = async (name: string, hash: boolean) => (await copy(name, hash)).copied.strategy;
      expect(await strategyOf('one byte more', false)).toBe(large);
      expect(await strategyOf('small', false)).toBe(large === 'clone' ? 'clone' : 'stream');
      // Who wants a digest has it read anyway.
      expect(await strategyOf('one byte more', true)).toBe(large === 'kernel' ? 'stream' : large);
      expect(await strategyOf('data between holes', false)).toBe(large === 'clone' ? 'clone' : 'stream');
    });
  },
);

function makeSubvolume(folder: string): void {
  execFileSync('btrfs', ['-q', 'subvolume', 'create', folder]);
}

/** A squashfs image of a folder, mounted. */
async function squash(folder: string, cleanup: AsyncDisposableStack): Promise<string> {
  const mount = newFolder(path.dirname(folder));
  const image = `${mount}.squashfs`;
  execFileSync('mksquashfs', [folder, image, '-quiet', '-no-progress', '-xattrs']);
  execFileSync('mount', ['-o', 'loop,ro', '--', image, mount]);
  cleanup.defer(() => void execFileSync('umount', ['-l', '--', mount]));
  return mount;
}
