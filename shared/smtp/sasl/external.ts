/**
 * Owns: EXTERNAL (RFC 4422 appendix A): who the client is was shown already, here by its TLS certificate. It says at most
 * whom it wants to act as.
 */
import { fromUtf8, utf8 } from '../../bytes/bytes.ts'
import type { ClientMechanism, Credentials, ServerMechanism, ServerStep } from './mechanism.ts'

export function externalClient({ user }: Credentials): ClientMechanism {
  if (!user.isWellFormed() || user.includes('\0'))
    throw new RangeError('EXTERNAL: the user name holds a character it cannot carry')
  return {
    name: 'EXTERNAL',
    start: () => ({ bytes: utf8(user), secret: true }),
    step: () => ({ type: 'fail', message: 'the server asks for more, but EXTERNAL has one response only' }),
  }
}

export function externalServer(): ServerMechanism {
  return {
    name: 'EXTERNAL',
    start: (initial) => (initial === null ? { type: 'challenge', bytes: new Uint8Array(0) } : read(initial)),
    step: read,
  }
}

function read(response: Uint8Array): ServerStep {
  const user = fromUtf8(response)
  if (user === null || user.length > 1024 || /\p{Cc}/u.test(user))
    return { type: 'fail', message: 'EXTERNAL: write the identity to act as in UTF-8, or nothing' }
  return { type: 'identify', question: { kind: 'external', user } }
}
