import { chmod, readdir, stat, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { emptyFolder } from '#test/support/server/place.ts'
import { controlFile, readControlFile, removeControlFile, writeControlFile } from '../../../../../electron/hosts/common/control/controlFile.ts' // prettier-ignore
import { newSecret } from '../../../../../electron/hosts/common/control/proof.ts'

const place = { port: 4711, secret: newSecret() }

test('written for its owner alone, over an old one too, read, and taken away by who wrote it', async () => {
  const folder = await emptyFolder()
  expect(await readControlFile(folder)).toBeNull()
  await writeFile(controlFile(folder), 'old', { mode: 0o644 })
  await writeControlFile(folder, place)
  expect(await readControlFile(folder)).toEqual(place)
  if (process.platform !== 'win32') expect((await stat(controlFile(folder))).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['control.json'])
  await removeControlFile(folder, { ...place, secret: newSecret() })
  expect(await readControlFile(folder)).toEqual(place)
  await removeControlFile(folder, place)
  expect(await readdir(folder)).toEqual([])
  await removeControlFile(folder, place)
})
test('what is none is none; one that others may use is refused in words', async () => {
  const folder = await emptyFolder()
  for (const text of ['', 'no json', '{"port":1}', '{"port":0,"secret":"x"}', 'x'.repeat(9000)]) {
    await writeFile(controlFile(folder), text, { mode: 0o600 })
    expect(await readControlFile(folder)).toBeNull()
  }
  await writeControlFile(folder, place)
  await chmod(controlFile(folder), 0o640)
  if (process.platform !== 'win32')
    await expect(readControlFile(folder)).rejects.toThrow(/control\.json can be used by others than its owner\. Remove it/) // prettier-ignore
})
