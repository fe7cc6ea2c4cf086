import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyMode, readSmall, tightenKey, writeAtomically } from '#engine/certs/files.ts'
import { emptyFolder } from '#test/support/server/place.ts'

const posix = process.platform !== 'win32'

test('a written file is whole, has its mode and leaves nothing beside it', async () => {
  const folder = await emptyFolder()
  const path = join(folder, 'certs', 'ca.key')
  await writeAtomically(path, 'one', keyMode)
  await writeAtomically(path, 'two', keyMode)
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(join(folder, 'certs'))).toEqual(['ca.key'])
  if (posix) expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('a failed write says why and leaves nothing behind', async () => {
  const folder = await emptyFolder()
  // A folder of that name cannot be replaced by a file.
  await writeAtomically(join(folder, 'ca.pem', 'inner'), 'x', keyMode)
  await expect(writeAtomically(join(folder, 'ca.pem'), 'x', keyMode)).rejects.toThrow(/ca\.pem/)
  expect(await readdir(folder)).toEqual(['ca.pem'])
})

test('a missing file reads as null, an absurdly large one as empty', async () => {
  const folder = await emptyFolder()
  expect(await readSmall(join(folder, 'none'))).toBeNull()
  await writeFile(join(folder, 'large'), 'x'.repeat(101))
  expect(await readSmall(join(folder, 'large'), 100)).toBe('')
  expect(await readSmall(join(folder, 'large'), 101)).toHaveLength(101)
})

test.runIf(posix)('a key that others may read is tightened once', async () => {
  const path = join(await emptyFolder(), 'ca.key')
  await writeFile(path, 'key')
  await chmod(path, 0o644)
  expect(await tightenKey(path)).toBe(true)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await tightenKey(path)).toBe(false)
})
