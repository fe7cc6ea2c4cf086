import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readStaticFiles } from '../../../../../electron/hosts/common/web/staticFiles.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relayscope-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('reads the page into a table of paths, types and bytes; hashed names last', async () => {
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<p>')
  await writeFile(join(folder, 'assets/index-Ab3_x9-z.js'), 'js')
  await writeFile(join(folder, 'secret.key'), 'no kind of a page')
  const table = await readStaticFiles(folder)
  expect([...table.keys()].toSorted()).toEqual(['/', '/assets/index-Ab3_x9-z.js', '/index.html'])
  expect(table.get('/')).toMatchObject({ type: 'text/html; charset=utf-8', lasting: false })
  expect(table.get('/assets/index-Ab3_x9-z.js')).toMatchObject({ bytes: Buffer.from('js'), lasting: true })
})

test('a page that is not built is said, with the remedy', async () => {
  await expect(readStaticFiles(folder)).rejects.toThrow('npm run build')
})
