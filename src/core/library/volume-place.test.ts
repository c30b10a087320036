import { expect, it } from 'vitest';
import { assertAnswers, pathsOfPlace, placeOnVolume } from './volume-place.ts';

function volume(fingerprint: string, mountPoints: string[], source = 'filesystem-uuid') {
  return { fingerprint, mountPoints, identity: { source }, unresponsive: false };
}

it('finds the volume that is mounted nearest above a path', () => {
  const live = [volume('root', ['/']), volume('stick', ['/media/stick']), volume('other', ['/media/stick2'])];
  expect(placeOnVolume('/media/stick/a/Fotos.sdlibrary', { live })).toEqual({ fingerprint: 'stick', relativePath: 'a/Fotos.sdlibrary' });
  expect(placeOnVolume('/media/stick2', { live })).toEqual({ fingerprint: 'other', relativePath: '' });
  expect(placeOnVolume('/home/a', { live })).toEqual({ fingerprint: 'root', relativePath: 'home/a' });
});

it('does not rely on a volume that could not be recognised again', () => {
  expect(placeOnVolume('/media/x/a', { live: [volume('x', ['/media/x'], 'none')] })).toBeNull();
});

it('says under which paths a place can be reached now', () => {
  const place = { fingerprint: 'stick', relativePath: 'Fotos.sdlibrary' };
  expect(pathsOfPlace(place, { live: [volume('stick', ['/mnt/a', '/mnt/b'])] })).toEqual([
    '/mnt/a/Fotos.sdlibrary',
    '/mnt/b/Fotos.sdlibrary',
  ]);
  expect(pathsOfPlace(place, { live: [volume('root', ['/'])] })).toEqual([]);
});

it('refuses what lies on a volume that hangs, and nothing else', () => {
  const live = [
    volume('root', ['/']),
    { ...volume('share', ['/media/share']), unresponsive: true },
    volume('stick', ['/media/share/stick']),
  ];
  expect(() => assertAnswers('/media/share/a', { live })).toThrow('/media/share');
  for (const path of ['/media', '/media/share2', '/media/share/stick/a']) expect(() => assertAnswers(path, { live }), path).not.toThrow();
});
