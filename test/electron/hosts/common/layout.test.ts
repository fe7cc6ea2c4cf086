import { join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { layoutOf } from '../../../../electron/hosts/common/layout.ts'

const url = (path: string): string => pathToFileURL(join(sep, ...path.split('/'))).href

test('from source the page lies in out/ of the project, and the engine finds its own worker', () => {
  const layout = layoutOf(url('p/electron/hosts/browser/main.ts'))
  expect(layout).toEqual({
    page: join(sep, 'p', 'out', 'renderer'),
    preload: join(sep, 'p', 'out', 'preload', 'preload.cjs'),
  })
})

test('built, all lies beside', () => {
  const layout = layoutOf(url('p/out/main/browser.js'))
  expect(layout.page).toBe(join(sep, 'p', 'out', 'renderer'))
  expect(layout.storeWorker?.href).toBe(url('p/out/main/storeWorker.js'))
})
