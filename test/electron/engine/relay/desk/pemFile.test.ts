import { execFileSync } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPemFile } from '#engine/relay/desk/pemFile.ts'
import { emptyFolder } from '#test/support/server/place.ts'

test('a file as it is, octet for octet', async () => {
  const path = join(await emptyFolder(), 'a.pem')
  await writeFile(path, Buffer.from([0x41, 0xff, 0x0a]))
  expect(await readPemFile(path, 'x')).toEqual({ pem: 'A\u00ff\n' })
})
const told = async (path: string) => {
  const read = await readPemFile(path, 'certificates')
  return 'words' in read ? [read.missing, read.words] : []
}

test('what cannot be read, in words that follow its path, and nothing waits on a pipe', async () => {
  const folder = await emptyFolder()
  const [pipe, large] = [join(folder, 'pipe'), join(folder, 'large')]
  execFileSync('mkfifo', [pipe])
  await writeFile(large, Buffer.alloc(300_000))
  expect(await told('a.pem')).toEqual([
    false,
    'is no whole path; write it from the root, as /etc/ssl/mail.pem',
  ])
  expect(await told(pipe)).toEqual([false, 'is no file; name one in PEM'])
  expect(await told(folder)).toEqual([false, 'is no file; name one in PEM'])
  expect(await told(large)).toEqual([false, 'is larger than 256 KB; name one with certificates'])
  expect(await told(join(folder, 'none'))).toEqual([true, 'cannot be read: there is no such file'])
  expect(await told(join(large, 'x'))).toEqual([
    true,
    'cannot be read: a part of the path is a file, not a folder',
  ])
  await chmod(large, 0o000)
  // Root may read whatever it is.
  if (process.getuid?.() !== 0)
    expect(await told(large)).toEqual([
      true,
      'cannot be read: this user may not read it; change its permissions',
    ])
})
