/**
 * Owns: OAUTHBEARER (RFC 7628): `n,a=NAME,^A host=… ^A port=… ^A auth=Bearer TOKEN ^A ^A`. A refusal comes as JSON in a
 * challenge, which is answered with one ^A (§3.2.3); the 535 follows it.
 */
import { fromUtf8, utf8 } from '../../bytes/bytes.ts'
import type { ClientMechanism, ClientStep, Credentials, ServerMechanism, ServerStep } from './mechanism.ts'
import { bearerOf, errorStatus, tokenProblem } from './oauth.ts'
import { decodeName, encodeName } from './scramMessages.ts'

/** Fields of one message; the rest is not looked at. */
const mostFields = 20

export function oauthBearerClient(credentials: Credentials): ClientMechanism {
  tokenProblem('OAUTHBEARER', credentials, false)
  const { user, password, host, port } = credentials
  let refused: string | null = null
  const where = [
    host === undefined ? '' : `host=${host}\x01`,
    port === undefined ? '' : `port=${port}\x01`,
  ].join('')
  const identity = user === '' ? '' : `a=${encodeName(user)}`
  return {
    name: 'OAUTHBEARER',
    start: () => ({ bytes: utf8(`n,${identity},\x01${where}auth=Bearer ${password}\x01\x01`), secret: true }),
    step(challenge): ClientStep {
      if (refused !== null)
        return { type: 'fail', message: 'the server goes on asking after it refused the token' }
      refused = errorStatus(challenge) ?? 'the server refused the token'
      return { type: 'respond', response: { bytes: utf8('\x01'), secret: false } }
    },
    refusal: () => refused,
  }
}

export function oauthBearerServer(): ServerMechanism {
  return {
    name: 'OAUTHBEARER',
    start: (initial) => (initial === null ? { type: 'challenge', bytes: new Uint8Array(0) } : read(initial)),
    step: read,
    refusal: () => utf8('{"status":"invalid_token","scope":"mail"}'),
  }
}

const ill: ServerStep = {
  type: 'fail',
  message: 'OAUTHBEARER: write n,a=NAME, then ^A, auth=Bearer TOKEN, ^A, ^A',
}

function read(response: Uint8Array): ServerStep {
  const fields = fromUtf8(response)?.split('\x01', mostFields) ?? []
  const header = /^(?:[ny]|p=[A-Za-z0-9.-]{1,60}),(?:a=([^,]{1,1024}))?,$/.exec(fields[0] ?? '')
  const user = header === null ? null : decodeName(header[1] ?? '')
  const token = bearerOf(fields.find((field) => /^auth=/i.test(field)))
  if (user === null || token === null || fields.length < 4 || fields.at(-1) !== '' || fields.at(-2) !== '')
    return ill
  return { type: 'identify', question: { kind: 'token', mechanism: 'OAUTHBEARER', user, token } }
}
