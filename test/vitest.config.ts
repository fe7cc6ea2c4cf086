import react from '@vitejs/plugin-react'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './support/longestFirst.ts'

const root = resolve(import.meta.dirname, '..')
const env = (name: string) => resolve(root, 'test', name)

// The command line and the hosts are started from source more than a hundred times: what Node made of a file is kept (it is
// asked for by the file's content). Whoever the tests start inherits it.
process.env['NODE_COMPILE_CACHE'] ??= resolve(root, 'node_modules/.cache/relayscope-node')

/**
 * Four suites: unit (pure), engine (real sockets), component (jsdom) and e2e (real Chromium, real peers).
 *
 * The files of one worker share its modules and its jsdom: to load React, react-aria and jsdom anew for each file took
 * nine tenths of the component suite's time. What a file could leave to the next is put back in support/component.ts;
 * `--sequence.shuffle.files` shows what leaks all the same. Two workers even on two cores: many tests only wait.
 */
export default defineConfig({
  root,
  plugins: [react()],
  test: {
    isolate: false,
    setupFiles: [env('support/patterns.ts')],
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Its own order would stand above what is asked for by `--sequence.shuffle.files`.
    sequence: process.argv.some((option) => option.startsWith('--sequence.'))
      ? {}
      : { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'test/shared/**/*.test.ts',
            'test/renderer/model/**/*.test.ts',
            'test/house/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/electron/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'component',
          include: ['test/renderer/**/*.test.tsx', 'test/renderer/{stores,flows}/**/*.test.ts'],
          environment: 'jsdom',
          setupFiles: [env('support/component.ts')],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/peers/**/*.test.ts'],
          globalSetup: [env('support/built.ts')],
          env: { RELAYSCOPE_TEST_BUILT: '1' },
          maxConcurrency: 12,
          // A second, which is the default, is short for a page beside a busy mail server.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
