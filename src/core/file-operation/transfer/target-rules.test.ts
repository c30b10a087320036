import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capabilitiesOf } from '#core/volume/capabilities.ts';
import { type FileFacts, factsOf } from '../file-facts.ts';
import { refusalOf } from './target-rules.ts';

const on = (fileSystem: string, platform: NodeJS.Platform = 'linux') => capabilitiesOf({ fileSystem, isReadOnly: false }, platform);

describe('what a volume can hold', () => {
  let folder: string;
  let file: FileFacts;
  const huge = (bytes: number) => {
    truncateSync(path.join(folder, 'file'), bytes);
    return factsOf(path.join(folder, 'file'));
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mooring-rules-'));
    writeFileSync(path.join(folder, 'file'), '');
    symlinkSync('file', path.join(folder, 'link'));
    file = factsOf(path.join(folder, 'file'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('ends at 4 GiB less one byte on FAT', () => {
    expect(refusalOf('f', huge(2 ** 32 - 1), on('FAT32'))).toBeNull();
    expect(refusalOf('f', huge(2 ** 32), on('FAT32'))).toMatchObject({
      error: { code: 'NOT_SUPPORTED', message: expect.stringContaining('4294967295') },
    });
    expect(refusalOf('f', huge(2 ** 32), on('exFAT'))).toBeNull();
  });

  it.each(['a:b', 'a?', 'tab\t', 'dot.', 'space '])('has no name like “%s” on FAT, and has it on ext4', (name) => {
    expect(refusalOf(name, file, on('FAT32'))).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
    expect(refusalOf(name, file, on('ext4'))).toBeNull();
  });

  it.each(['CON', 'nul.txt', 'Com1'])('has no name like “%s” on Windows', (name) => {
    expect(refusalOf(name, file, on('NTFS', 'win32'))).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
    expect(refusalOf(name, file, on('ext4'))).toBeNull();
  });

  it('has no symbolic links on FAT; where a server decides, trying decides', () => {
    const link = factsOf(path.join(folder, 'link'));
    expect(refusalOf('link', link, on('FAT32'))).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
    expect(refusalOf('link', link, on('nfs4'))).toBeNull();
    expect(refusalOf('link', link, on('ext4'))).toBeNull();
  });

  it('counts the length of names as the file system does', () => {
    expect(refusalOf('ö'.repeat(200), file, on('exFAT'))).toBeNull();
    expect(refusalOf('ö'.repeat(200), file, on('ext4'))).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
  });
});
