import { defineConfig } from 'vitest/config';

/**
 * Threads started from TypeScript sources strip the types by Node's own WebAssembly module. V8 frees the first code of its calls into JavaScript
 * while other threads may still use it, and the process ends with SIGSEGV (`TierUpWasmToJSWrapper`): so that code is never replaced. The built
 * program strips nothing.
 */
const execArgv = ['--wasm-wrapper-tiering-budget=2000000000'];

export default defineConfig({
  test: {
    projects: [
      // Modules have no state of their own, so that files need no process each: that would take three times as long.
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node', isolate: false } },
      // Real files, real mounts, real processes: one file at a time, so that one test's mounts do not show up in another's list.
      {
        test: {
          name: 'engine',
          execArgv,
          include: ['test/engine/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          globalSetup: ['test/instruments/global-setup.ts'],
        },
      },
      {
        test: {
          name: 'desktop',
          execArgv,
          include: ['test/desktop/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 10_000 } },
          fileParallelism: false,
          globalSetup: ['test/instruments/global-setup.ts'],
        },
      },
    ],
  },
});
