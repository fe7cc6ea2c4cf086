/** A real Dovecot lets our client in by each mechanism it has, over STARTTLS and implicit TLS, and says no in its own words. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli } from '../support/cli.ts'
import { type Dovecot, dovecotUser, startDovecot, whyNoDovecot } from '../support/dovecot.ts'
import { findSecret } from '../support/wire.ts'

const why = whyNoDovecot()
let dovecot: Dovecot

beforeAll(async () => {
  if (why === null) dovecot = await startDovecot()
})
afterAll(async () => {
  if (why === null) await dovecot.stop()
})

const Answer = z.object({
  message: z.string(),
  findings: z.array(z.object({ code: z.string() })),
  transcript: z.array(z.looseObject({ kind: z.string(), code: z.unknown().optional() })),
})

async function signIn(way: 'starttls' | 'implicit', mechanism: string, secret = dovecotUser.password) {
  const port = String(dovecot.ports[way])
  const run = await runCli(
    [
      'send', '--host', 'localhost', '--port', port, '--tls', way, '--ca', dovecot.caFile, '--json', '--auth', mechanism,
      '--user', dovecotUser.user, '--password-env', 'SECRET', '--stop-after', 'auth',
    ],
    { SECRET: secret },
  ) // prettier-ignore
  expect(findSecret(run.out + run.err, secret)).toBeNull()
  const { message, findings, transcript } = Answer.parse(JSON.parse(run.out))
  return {
    message,
    codes: findings.map(({ code }) => code),
    replies: transcript.map(({ code }) => code),
  }
}

describe.each(['starttls', 'implicit'] as const)('over %s', (way) => {
  test.for(['plain', 'login', 'cram-md5', 'scram-sha-1', 'scram-sha-256'])(
    '%s',
    async (mechanism, { skip }) => {
      skip(why !== null, why ?? '')
      const { message, codes, replies } = await signIn(way, mechanism)
      // Behind its 235 it wants to hand on to a server that is not there, and may close the session before our QUIT.
      expect([replies.includes(235), codes.filter((code) => code.startsWith('auth-'))], message).toEqual([
        true,
        [],
      ])
    },
  )
})

test.for([
  ['plain', 'not the one', 'auth-rejected'],
  ['scram-sha-256', 'not the one', 'auth-rejected'],
  ['xoauth2', 'a.token', 'auth-no-common-mechanism'],
] as const)('%s with %s: %s', async ([mechanism, secret, code], { skip }) => {
  skip(why !== null, why ?? '')
  const { codes, replies } = await signIn('starttls', mechanism, secret)
  expect([codes.includes(code), replies.includes(235)]).toEqual([true, false])
})
