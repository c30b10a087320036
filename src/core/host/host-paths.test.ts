import { homedir } from 'node:os';
import { expect, it } from 'vitest';
import { hostPaths } from './host-paths.ts';

const onPosix = it.runIf(process.platform !== 'win32');

onPosix('a named data folder keeps its socket beside it', () => {
  expect(hostPaths({ dataDir: '/data' }, {})).toEqual({
    instance: 'default',
    baseDir: '/data',
    dataDir: '/data',
    runtimeDir: '/data/runtime',
    socketPath: '/data/runtime/mooring.sock',
    pidPath: '/data/runtime/mooring.pid',
  });
  expect(hostPaths({}, { MOORING_DATA_DIR: '/data' }).dataDir).toBe('/data');
  expect(hostPaths({ dataDir: '/other' }, { MOORING_DATA_DIR: '/data' }).dataDir).toBe('/other');
});

onPosix('an instance has data, socket and pid file of its own', () => {
  expect(hostPaths({ dataDir: '/data', instance: 'lab' }, {})).toMatchObject({
    baseDir: '/data',
    dataDir: '/data/instances/lab',
    socketPath: '/data/runtime/mooring-lab.sock',
    pidPath: '/data/runtime/mooring-lab.pid',
  });
});

onPosix('a path that is too long for a socket gets a short one, always the same', () => {
  const dataDir = `/${'deep/'.repeat(30)}data`;
  const { socketPath } = hostPaths({ dataDir }, {});
  expect(Buffer.byteLength(socketPath)).toBeLessThanOrEqual(100);
  expect(hostPaths({ dataDir }, {}).socketPath).toBe(socketPath);
  expect(hostPaths({ dataDir: `${dataDir}2` }, {}).socketPath).not.toBe(socketPath);
});

it.runIf(process.platform === 'linux')('the default follows the XDG folders', () => {
  expect(hostPaths({}, { XDG_RUNTIME_DIR: '/run/user/1' }).socketPath).toBe('/run/user/1/mooring/mooring.sock');
  expect(hostPaths({}, { MOORING_RUNTIME_DIR: '/elsewhere', XDG_RUNTIME_DIR: '/run/user/1' }).runtimeDir).toBe('/elsewhere');
  expect(hostPaths({}, {}).dataDir).toBe(`${process.env.XDG_DATA_HOME ?? `${homedir()}/.local/share`}/mooring`);
});
