/**
 * @file Drives as people have them, for looking at the page: large sparse images with files in them, some tracked, one
 * of them unplugged. Needs root and loop devices.
 */
import { execFile } from 'node:child_process';
import { mkdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { canMount, createDiskImage, type DiskImage, type ImageFileSystem } from './loop-volume.ts';

const run = promisify(execFile);

interface DriveSpec {
  name: string;
  label: string;
  fileSystem: ImageFileSystem;
  sizeGb: number;
  /** Space to take up, without writing it. */
  usedGb: number;
  isReadOnly?: boolean;
}

const DRIVES: readonly DriveSpec[] = [
  { name: 'Photos 2024', label: 'Photos 2024', fileSystem: 'ext4', sizeGb: 1000, usedGb: 648 },
  { name: 'Backup', label: 'Backup', fileSystem: 'xfs', sizeGb: 2000, usedGb: 1420 },
  { name: 'Studio SSD', label: 'Studio SSD', fileSystem: 'ext4', sizeGb: 500, usedGb: 465 },
  { name: 'STICK', label: 'STICK', fileSystem: canMount('vfat') ? 'vfat' : 'ntfs', sizeGb: 32, usedGb: 0 },
  { name: 'Travel', label: 'Travel', fileSystem: 'ext4', sizeGb: 256, usedGb: 97 },
  { name: 'Archive 2019', label: 'Archive 2019', fileSystem: 'ext4', sizeGb: 320, usedGb: 301, isReadOnly: true },
];

export interface FixtureDrive {
  image: DiskImage;
  mountPoint: string;
}

/** Makes, fills and mounts the drives below `folder`, and notes each in `drives`, so that `removeDrives` finds also those of a failed run. */
export async function makeDrives(folder: string, drives: Map<string, FixtureDrive>): Promise<void> {
  for (const spec of DRIVES) {
    const image = await createDiskImage({ fileSystem: spec.fileSystem, sizeMb: spec.sizeGb * 954, label: spec.label });
    const mountPoint = path.join(folder, spec.name);
    drives.set(spec.name, { image, mountPoint });
    await image.mount(mountPoint);
    await fill(spec, mountPoint);
    if (spec.isReadOnly) await run('mount', ['-o', 'remount,ro', '--', mountPoint]);
  }
}

export async function removeDrives(folder: string, drives: Map<string, FixtureDrive>): Promise<void> {
  for (const { image } of drives.values()) await image.dispose();
  await rm(folder, { recursive: true, force: true });
}

async function fill(spec: DriveSpec, root: string): Promise<void> {
  if (spec.usedGb > 0) {
    const reserve = path.join(root, '.reserve');
    await run('fallocate', ['-l', `${spec.usedGb}GB`, '--', reserve]);
  }
  if (spec.name !== 'Photos 2024') {
    await writeFile(path.join(root, 'Read me.txt'), 'What lies on this drive.\n');
    return;
  }
  for (const [index, name] of ['Iceland', 'Lisbon, May', 'Family', 'Raw', 'Exports', 'Wedding Clara & Tom'].entries()) {
    await mkdir(path.join(root, name));
    await utimes(path.join(root, name), new Date(), new Date(Date.UTC(2024, index, 3 + index * 4, 9, 12)));
  }
  for (let number = 1; number <= 40; number += 1) {
    const file = path.join(root, 'Iceland', `IMG_${4200 + number}.${number % 9 === 0 ? 'mov' : number % 3 === 0 ? 'dng' : 'jpg'}`);
    await writeFile(file, '');
    await truncate(file, ((number * 7919) % 26) * 1_000_003 + 310_000);
    await utimes(file, new Date(), new Date(Date.UTC(2024, 7, 1 + (number % 28), number % 24, number)));
  }
  const files: [string, number][] = [
    ['Contact sheet.pdf', 4_812_000],
    ['Selection.zip', 912_000_000],
    ['Slideshow.mp4', 1_842_000_000],
    ['Soundtrack.flac', 31_400_000],
    ['catalog.sql', 188_000],
    ['Licences.csv', 12_300],
    ['notes.md', 2_048],
    ['invoice\u202Egpj.exe', 70_112],
    ['two\nlines.txt', 12],
    ['README', 640],
  ];
  for (const [name, size] of files) {
    await writeFile(path.join(root, name), '');
    await truncate(path.join(root, name), size);
    await utimes(path.join(root, name), new Date(), new Date(Date.UTC(2024, size % 12, 1 + (size % 27), size % 24)));
  }
}
