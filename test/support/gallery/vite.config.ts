/** Owns: serving the gallery, for the script that takes pictures of every state. */
import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '../../..')
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  logLevel: 'error',
  server: { fs: { allow: [root] }, host: '127.0.0.1' },
  build: {
    outDir: resolve(root, 'out/gallery'),
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: ['index.html', 'details.html'].map((page) => resolve(import.meta.dirname, page)),
    },
  },
  cacheDir: resolve(root, 'out/gallery-cache'),
})
