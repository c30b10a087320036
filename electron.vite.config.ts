import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  // One build for everything that runs in Node: the desktop's main process, the engine's worker, the daemon and the
  // command line share their chunks. All files lie side by side, so that workers find each other by name.
  main: {
    build: {
      rollupOptions: {
        input: {
          index: path('src/main/index.ts'),
          cli: path('src/cli/main.ts'),
          daemon: path('src/core/host/daemon.ts'),
          'engine-worker': path('src/core/engine-worker.ts'),
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
    build: { rollupOptions: { input: path('src/renderer/index.html') } },
    plugins: [react(), tailwindcss()],
  },
});
