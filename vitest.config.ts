import { defineConfig } from 'vitest/config';
import { ownMountsAbility } from './test/instruments/host-abilities.ts';
import { ownMountsPool } from './test/instruments/own-mounts-pool.ts';

/**
 * Threads started from TypeScript sources strip the types by Node's own WebAssembly module. V8 frees the first code of its calls into JavaScript
 * while other threads may still use it, and the process ends with SIGSEGV (`TierUpWasmToJSWrapper`): so that code is never replaced. The built
 * program strips nothing.
 */
const execArgv = ['--wasm-wrapper-tiering-budget=2000000000'];

/**
 * Real files, real mounts, real processes. Two files at a time where each can have a table of mounts of its own, since most of them wait most of
 * the time; elsewhere one at a time, so that one test's mounts do not show up in another's list.
 */
const files = ownMountsAbility().allows ? { pool: ownMountsPool, maxWorkers: 2 } : { fileParallelism: false };

/** They pull drives at the instant when something happens. Beside another file they miss it. */
const ALONE = [
  'test/engine/location/**/*.test.ts',
  'test/engine/volume/**/*.test.ts',
  'test/engine/job/**/*.test.ts',
  'test/engine/file-operation/transfer/{fault-campaign,volumes}.test.ts',
];

/** As long as Playwright waits: on a machine under load, what a test waits for may take ten times as long as on a quiet one. */
const POLLED = { poll: { timeout: 30_000 } };

const engine = {
  execArgv,
  expect: POLLED,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  globalSetup: ['test/instruments/global-setup.ts'],
};

export default defineConfig({
  test: {
    projects: [
      // Modules have no state of their own, so that files need no process each: that would take three times as long.
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          environment: 'node',
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...engine,
          ...files,
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          exclude: ALONE,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...engine,
          ...files,
          maxWorkers: 1,
          name: 'engine-alone',
          include: ALONE,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'desktop',
          execArgv,
          include: ['test/desktop/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: POLLED,
          sequence: { groupOrder: 4 },
          ...files,
          globalSetup: ['test/instruments/global-setup.ts'],
        },
      },
    ],
  },
});
