import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // Modules have no state of their own, so that files need no process each: that would take three times as long.
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node', isolate: false } },
      // Real files, real mounts, real processes: one file at a time, so that one test's mounts do not show up in another's list.
      {
        test: {
          name: 'engine',
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
