import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const root = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: resolve(root, 'electron/hosts/desktop/main.ts'),
          browser: resolve(root, 'electron/hosts/browser/main.ts'),
          cli: resolve(root, 'electron/hosts/terminal/cli.ts'),
          storeWorker: resolve(root, 'electron/engine/storeWorker.ts'),
        },
        external: ['bufferutil', 'utf-8-validate'],
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/hosts/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    publicDir: resolve(root, 'resources/public'),
    plugins: [react()],
    build: { minify: true, rolldownOptions: { input: resolve(root, 'renderer/index.html') } },
  },
})
