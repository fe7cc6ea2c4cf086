import { Command } from 'commander'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { authMechanisms } from '#shared/rpc/contract/dialogue.ts'
import {
  addSignIn,
  authOf,
  clientCertificateOf,
  type SignInOptions,
} from '../../../../electron/hosts/terminal/signIn.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-sign-in-'))
afterAll(() => rmSync(folder, { recursive: true }))

const base: SignInOptions = { auth: 'auto', allowCleartextAuth: false }
const auth = (change: Partial<SignInOptions>, env = {}) => authOf({ ...base, ...change }, keptIo(env))

test.each(authMechanisms)('%s can be chosen', (mechanism) => {
  const command = addSignIn(new Command(), { auto: 'a', user: 'u' }).exitOverride()
  expect(command.parse(['--auth', mechanism], { from: 'user' }).opts()).toMatchObject({ auth: mechanism })
})

test('a password from the environment; without a user nobody signs in', async () => {
  expect(await auth({ user: 'me', passwordEnv: 'P' }, { P: 'pass' })).toEqual({
    mechanism: 'auto',
    user: 'me',
    password: 'pass',
    allowUnprotected: false,
  })
  expect((await auth({})).mechanism).toBe('none')
  await expect(auth({ auth: 'plain' })).rejects.toThrow('--user: there is no user for --auth plain.')
  await expect(auth({ passwordEnv: 'P' })).rejects.toThrow('no user for --password-env')
  await expect(auth({ user: 'me', passwordEnv: 'P' })).rejects.toThrow('the variable is not set')
})

test('a certificate and a token say by themselves who it is', async () => {
  expect(await auth({ auth: 'external' })).toMatchObject({ mechanism: 'external', user: '', password: '' })
  const token = await auth({ auth: 'oauthbearer', passwordEnv: 'T' }, { T: 'ya29' })
  expect(token).toMatchObject({ mechanism: 'oauthbearer', user: '', password: 'ya29' })
})

const of = (change: Partial<SignInOptions>, env = {}) =>
  clientCertificateOf({ ...base, ...change }, keptIo(env))

test('certificate, key and passphrase', async () => {
  const cert = join(folder, 'cert.pem')
  writeFileSync(cert, 'CERT')
  const files = { clientCert: cert, clientKeyPassphraseEnv: 'P' }
  expect(await of(files, { P: 'open' })).toEqual({ cert: 'CERT', key: 'CERT', passphrase: 'open' })
  expect(await of({})).toBeUndefined()
  await expect(of(files)).rejects.toThrow('--client-key-passphrase-env P: the variable is not set.')
  await expect(of({ clientKey: cert })).rejects.toThrow('--client-key is given alone.')
  await expect(of({ clientKeyPassphraseEnv: 'P' })).rejects.toThrow(
    '--client-key-passphrase-env is given alone.',
  )
})
