import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSecrets } from '../../../../electron/hosts/desktop/secrets.ts'

let folder = ''
const logged: string[] = []
const log = (level: string, message: string): void => void logged.push(`${level} ${message}`)
beforeEach(async () => {
  logged.length = 0
  folder = await mkdtemp(join(tmpdir(), 'relayscope-secrets-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Reverses the text: a stand-in for a keychain whose work can be told from the plain text. */
const turn = (text: string): string => Array.from(text).toReversed().join('')
const keychain = (backend: 'gnome_libsecret' | 'basic_text' = 'gnome_libsecret', available = true) => ({
  isAsyncEncryptionAvailable: () => Promise.resolve(available),
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`sealed ${turn(text)}`)),
  decryptStringAsync: (bytes: Buffer) => {
    const text = bytes.toString()
    if (!text.startsWith('sealed ')) return Promise.reject(new Error('wrong key'))
    return Promise.resolve({ result: turn(text.slice(7)), shouldReEncrypt: false })
  },
  getSelectedStorageBackend: () => backend,
})

test('secrets are kept sealed, for the owner only, and found again', async () => {
  const file = join(folder, 'secrets.json')
  const secrets = await openSecrets(keychain(), file, log, 'linux')
  await Promise.all([secrets.set('a', 'hunter2'), secrets.set('b', 'other'), secrets.set('c', 'third')])
  await secrets.remove('c')
  expect(secrets.kind).toBe('keychain')
  const text = await readFile(file, 'utf8')
  expect(text).not.toContain('hunter2')
  expect(text).not.toContain(Buffer.from('hunter2').toString('base64'))
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
  const again = await openSecrets(keychain(), file, log, 'linux')
  expect([await again.get('a'), await again.get('b'), await again.get('c')]).toEqual([
    'hunter2',
    'other',
    null,
  ])
})

test.each([
  ['basic_text', true],
  ['gnome_libsecret', false],
] as const)('with %s, reachable %s, secrets stay in memory, and it is said', async (backend, available) => {
  const file = join(folder, 'secrets.json')
  const secrets = await openSecrets(keychain(backend, available), file, log, 'linux')
  await secrets.set('a', 'hunter2')
  expect([secrets.kind, await secrets.get('a')]).toEqual(['memory', 'hunter2'])
  await expect(readFile(file)).rejects.toThrow('ENOENT')
  expect(logged).toEqual([expect.stringMatching(/^warn Passwords are forgotten when Relayscope ends: /)])
})

test('a damaged file or a changed key is a forgotten secret, not a crash', async () => {
  const file = join(folder, 'secrets.json')
  await writeFile(file, 'not json')
  const secrets = await openSecrets(keychain(), file, log, 'linux')
  expect(await secrets.get('a')).toBeNull()
  await writeFile(file, JSON.stringify({ a: Buffer.from('other key').toString('base64') }))
  expect(await secrets.get('a')).toBeNull()
  expect(logged).toEqual(['warn The keychain no longer opens the secret "a".'])
})
