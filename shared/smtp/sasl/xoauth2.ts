/**
 * Owns: XOAUTH2, a provider's own form that came before OAUTHBEARER (developers.google.com/workspace/gmail/imap/
 * xoauth2-protocol): `user=NAME ^A auth=Bearer TOKEN ^A ^A`. A refusal comes as JSON in a challenge, which is answered
 * with an empty line; the 535 follows it.
 */
import { fromUtf8, utf8 } from '../../bytes/bytes.ts'
import type { ClientMechanism, ClientStep, Credentials, ServerMechanism, ServerStep } from './mechanism.ts'
import { bearerOf, errorStatus, tokenProblem } from './oauth.ts'

const empty = new Uint8Array(0)

export function xoauth2Client(credentials: Credentials): ClientMechanism {
  tokenProblem('XOAUTH2', credentials, true)
  const { user, password } = credentials
  let refused: string | null = null
  return {
    name: 'XOAUTH2',
    start: () => ({ bytes: utf8(`user=${user}\x01auth=Bearer ${password}\x01\x01`), secret: true }),
    step(challenge): ClientStep {
      if (refused !== null)
        return { type: 'fail', message: 'the server goes on asking after it refused the token' }
      refused = errorStatus(challenge) ?? 'the server refused the token'
      return { type: 'respond', response: { bytes: empty, secret: false } }
    },
    refusal: () => refused,
  }
}

export function xoauth2Server(): ServerMechanism {
  return {
    name: 'XOAUTH2',
    start: (initial) => (initial === null ? { type: 'challenge', bytes: empty } : read(initial)),
    step: read,
    refusal: () => utf8('{"status":"400","schemes":"Bearer","scope":"mail"}'),
  }
}

function read(response: Uint8Array): ServerStep {
  const [name = '', auth, ...end] = fromUtf8(response)?.split('\x01') ?? []
  const user = /^user=(.{1,1024})$/u.exec(name)?.[1]
  const token = bearerOf(auth)
  if (user === undefined || token === null || end.length !== 2 || end.some((field) => field !== ''))
    return { type: 'fail', message: 'XOAUTH2: write user=NAME, ^A, auth=Bearer TOKEN, ^A, ^A' }
  return { type: 'identify', question: { kind: 'token', mechanism: 'XOAUTH2', user, token } }
}
