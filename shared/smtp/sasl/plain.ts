/** Owns: PLAIN (RFC 4616): `authzid NUL authcid NUL passwd` in UTF-8, one response, no challenge. */
import { fromUtf8, utf8 } from '../../bytes/bytes.ts'
import { credentialProblem } from './credentials.ts'
import type { ClientMechanism, Credentials, ServerMechanism, ServerStep } from './mechanism.ts'

export function plainClient({ user, password }: Credentials): ClientMechanism {
  // A NUL would shift the fields (§2 forbids it).
  credentialProblem('PLAIN', { user, password }, /\0/)
  return {
    name: 'PLAIN',
    start: () => ({ bytes: utf8(`\0${user}\0${password}`), secret: true }),
    step: () => ({ type: 'fail', message: 'the server asks for more, but PLAIN has one response only' }),
  }
}

export function plainServer(): ServerMechanism {
  return {
    name: 'PLAIN',
    start: (initial) => (initial === null ? { type: 'challenge', bytes: new Uint8Array(0) } : read(initial)),
    step: read,
  }
}

function read(response: Uint8Array): ServerStep {
  const fields = fromUtf8(response)?.split('\0')
  const [authzid, user, password] = fields ?? []
  if (fields?.length !== 3 || !user || !password)
    return { type: 'fail', message: 'PLAIN: write authzid, NUL, user, NUL, password in UTF-8' }
  // Acting for somebody else needs a right that no policy here can grant (RFC 4616 §2): only one's own name is taken.
  if (authzid !== '' && authzid !== user)
    return { type: 'fail', message: 'PLAIN: an authorization identity other than the user is not supported' }
  return { type: 'identify', question: { kind: 'password', mechanism: 'PLAIN', user, password } }
}
