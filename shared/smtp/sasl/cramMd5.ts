/**
 * Owns: CRAM-MD5 (RFC 2195): the server's challenge, then `user SP hex(HMAC-MD5(password, challenge))`. The password does
 * not travel, but whoever reads the exchange can guess it offline (RFC 6331's reasons against MD5 schemes hold here too).
 */
import { fromUtf8, utf8 } from '../../bytes/bytes.ts'
import { credentialProblem } from './credentials.ts'
import type {
  ClientMechanism,
  ClientStep,
  Credentials,
  Hashes,
  ServerMechanism,
  ServerStep,
} from './mechanism.ts'

const digits = '0123456789abcdef'

export function cramMd5Client(credentials: Credentials, hashes: Hashes): ClientMechanism {
  credentialProblem('CRAM-MD5', credentials, /\0/)
  let done = false
  return {
    name: 'CRAM-MD5',
    start: () => null,
    step(challenge): ClientStep {
      if (done)
        return { type: 'fail', message: 'the server asks a second time, but CRAM-MD5 has one answer only' }
      done = true
      if (challenge.length === 0) return { type: 'fail', message: 'the server sent an empty challenge' }
      const digest = hex(hashes.hmac('md5', utf8(credentials.password), challenge))
      const bytes = utf8(`${credentials.user} ${digest}`)
      return { type: 'respond', response: { bytes, secret: true, proofs: [digest] } }
    },
  }
}

/** `challenge`: fresh and unguessable for each exchange, as `<random.time@host>` (§2). */
export function cramMd5Server(challenge: string): ServerMechanism {
  return {
    name: 'CRAM-MD5',
    start(initial): ServerStep {
      if (initial !== null)
        return { type: 'fail', message: 'CRAM-MD5: the server speaks first; write AUTH CRAM-MD5 alone' }
      return { type: 'challenge', bytes: utf8(challenge) }
    },
    step(response): ServerStep {
      // A user name may hold spaces: the digest is what follows the last one.
      const [, user, digest] = /^(.+) ([0-9a-f]{32})$/is.exec(fromUtf8(response) ?? '') ?? []
      if (user === undefined || digest === undefined)
        return { type: 'fail', message: 'CRAM-MD5: write the user name, a space and 32 hex digits' }
      return {
        type: 'identify',
        question: { kind: 'cram-md5', user, challenge, digest: digest.toLowerCase() },
      }
    },
  }
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const octet of bytes) text += digits[octet >> 4]! + digits[octet & 15]!
  return text
}
