import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { listLicences } from './scripts/licences.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Packages of many small modules, of which we use few: built in, the daemon needs a third of the memory and the command
 * line half of the time to start. Packages with native parts or files of their own stay outside.
 */
const bundled = [
  '@orpc/client',
  '@orpc/contract',
  '@orpc/openapi',
  '@orpc/server',
  '@orpc/zod',
  'commander',
  'drizzle-orm',
  'env-paths',
  'picocolors',
  'sirv',
  'string-width',
  'uuid',
  'write-file-atomic',
  'ws',
  'zod',
];

export default defineConfig({
  // One build for everything that runs in Node: the desktop's main process, the engine's worker, the daemon and the
  // command line share their chunks. All files lie side by side, so that workers find each other by name.
  main: {
    build: {
      externalizeDeps: { exclude: bundled },
      rollupOptions: {
        input: {
          index: path('src/main/index.ts'),
          cli: path('src/cli/main.ts'),
          daemon: path('src/core/host/daemon.ts'),
          'engine-worker': path('src/core/engine-worker.ts'),
          'watch-worker': path('src/core/watching/watch-worker.ts'),
          'folder-worker': path('src/core/entry/folder-worker.ts'),
          'content-worker': path('src/core/preview/content-worker.ts'),
          'speed-test-worker': path('src/core/volume/operations/speed-test-worker.ts'),
          'walker-worker': path('src/core/indexing/walker/walker-worker.ts'),
          'index-worker': path('src/core/indexing/index-worker.ts'),
          'search-worker': path('src/core/search/index/search-worker.ts'),
          'file-task-worker': path('src/core/file-operation/file-task/file-task-worker.ts'),
          'transfer-worker': path('src/core/file-operation/transfer/transfer-worker.ts'),
          'second-thread-worker': path('src/core/file-operation/file-copy/second-thread-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    // Sandboxed preload scripts are CommonJS and may import nothing but electron.
    build: {
      externalizeDeps: false,
      rollupOptions: { input: { index: path('src/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: path('src/renderer'),
    // The original adds <style> elements, which the page's Content-Security-Policy forbids.
    resolve: { alias: { 'react-style-singleton': path('src/renderer/lib/style-singleton.ts') } },
    define: { __LICENCES__: JSON.stringify(listLicences()) },
    // Nothing inlined as data: URLs, for the same policy.
    build: { assetsInlineLimit: 0, rollupOptions: { input: path('src/renderer/index.html') } },
    plugins: [react(), tailwindcss()],
  },
});
