import { expect, test } from 'vitest'
import type { Script } from '#shared/transcript/export/commands/script.ts'
import { hidesPassword, signInOf } from '#shared/transcript/export/commands/signIn.ts'

const script = (mechanism: string | null, tls: Script['tls'], verify = true): Script => ({
  host: 'mx.example',
  port: 587,
  tls,
  verify,
  serverName: null,
  ehlo: 'me',
  mechanism,
  transaction: null,
  notes: [],
})

test('what programs know is named as it was; who did not sign in is not told to', () => {
  expect(signInOf(script(null, 'starttls'), 'swaks')).toEqual({ mechanism: null, notes: [] })
  for (const mechanism of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'])
    expect(signInOf(script(mechanism, 'none'), 'swaks')).toEqual({ mechanism, notes: [] })
})

test.each(['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS', 'DIGEST-MD5'])(
  'of %s a program chooses inside TLS; in clear only what hides the password',
  (mechanism) => {
    const sealed = signInOf(script(mechanism, 'implicit'), 'swaks')
    expect(sealed.mechanism).toBeNull()
    expect(sealed.notes).toEqual([expect.stringContaining(`swaks may not know ${mechanism}`)])
    const clear = signInOf(script(mechanism, 'none'), 'curl')
    expect(clear.mechanism).toBe('CRAM-MD5')
    expect(clear.notes).toEqual([expect.stringContaining(`takes the place of ${mechanism}`)])
    // A server that is not checked reads the password inside TLS too.
    expect(signInOf(script(mechanism, 'starttls', false), 'curl').mechanism).toBe('CRAM-MD5')
    expect(hidesPassword(mechanism)).toBe(true)
  },
)
