import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  checkWritable,
  fileProblem,
  GivenError,
  readGiven,
  readGivenUpTo,
  readGivenText,
  writeGiven,
  writeKey,
} from '../../../../electron/hosts/terminal/files.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('what was written is read again, and only its owner may', async () => {
  const path = join(folder, 'case')
  await writeGiven('--save', path, 'Grüße')
  expect(await readGivenText('--eml', path)).toBe('Grüße')
  expect((await readGiven('--eml', path)).length).toBe(7)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a key is for its owner only, also in a file that was for all', async () => {
  const path = join(folder, 'key')
  writeFileSync(path, 'something longer', { mode: 0o666 })
  await writeKey('--out-key', path, 'KEY')
  expect(await readGivenText('--key', path)).toBe('KEY')
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  await expect(writeKey('--out-key', folder, 'KEY')).rejects.toThrow(
    `--out-key ${folder} cannot be written: it is a folder`,
  )
})

test('a file is read as far as it may be large, one without an end is refused', async () => {
  const path = join(folder, 'sized')
  await writeGiven('--save', path, '12345')
  expect((await readGivenUpTo('--attach', path, 5, '5 octets')).toString()).toBe('12345')
  await expect(readGivenUpTo('--attach', path, 4, '4 octets')).rejects.toThrow(
    `--attach ${path}: it is larger than 4 octets.`,
  )
  await expect(readGivenUpTo('--attach', join(folder, 'gone'), 4, '')).rejects.toThrow(
    'there is no such file',
  )
  await expect(readGivenUpTo('--attach', folder, 4, '')).rejects.toThrow(GivenError)
  if (process.platform !== 'win32')
    await expect(readGivenUpTo('--attach', '/dev/zero', 1 << 20, '1 MiB')).rejects.toThrow(
      'larger than 1 MiB',
    )
})

test.each([
  ['nothing', 'there is no such file or folder'],
  ['', 'it is a folder'],
])('"%s" below the folder: option, path, reason and remedy', async (name, reason) => {
  const path = join(folder, name)
  await expect(readGiven('--ca', path)).rejects.toThrow(`--ca ${path} cannot be read: ${reason}`)
  await expect(readGiven('--ca', path)).rejects.toBeInstanceOf(GivenError)
})

test('writing tells the same way', async () => {
  const path = join(folder, 'none', 'case')
  await expect(writeGiven('--save', path, '')).rejects.toThrow(
    `--save ${path} cannot be written: there is no such file or folder. Check the path.`,
  )
})

test('whether a file could be written is asked without touching it', async () => {
  const path = join(folder, 'later')
  await checkWritable('--save', path)
  expect(existsSync(path)).toBe(false)
  await writeGiven('--save', path, 'kept')
  await checkWritable('--save', path)
  expect(await readGivenText('--eml', path)).toBe('kept')
})

test.each([
  ['none/case', 'there is no such file or folder'],
  ['.', 'it is a folder'],
  ['case/below', 'a part of the path is a file'],
])('"%s" could not be written: option, path and reason', async (name, reason) => {
  const path = join(folder, name)
  await expect(checkWritable('--save', path)).rejects.toThrow(`--save ${path} cannot be written: ${reason}`)
  await expect(checkWritable('--save', path)).rejects.toBeInstanceOf(GivenError)
})

test.each(['EACCES', 'EPERM', 'ENOTDIR', 'EROFS', 'ENOSPC', 'EDQUOT'])('%s has words', (code) => {
  const text = fileProblem('--save /x', 'written', Object.assign(new Error('raw'), { code }))
  expect(text).toMatch(/^--save \/x cannot be written: [a-z].*\. [A-Z].*\.$/)
  expect(text).not.toContain(code)
})

test('an unforeseen error keeps its own words', () => {
  expect(fileProblem('x', 'read', new Error('EIO: i/o error'))).toBe('x cannot be read: EIO: i/o error')
})
