/** Owns: what XOAUTH2 and OAUTHBEARER have in common: what may be a token, and reading why a server refuses one. */
import { fromUtf8 } from '../../bytes/bytes.ts'
import { credentialProblem } from './credentials.ts'
import type { Credentials } from './mechanism.ts'

/** Octets of an error that are looked at. */
const longest = 4096

/** Throws RangeError for what can be no bearer token (RFC 6750 §2.1: printable ASCII), or would end a field. */
export function tokenProblem(mechanism: string, { user, password }: Credentials, userNeeded: boolean): void {
  if (password === '')
    throw new RangeError(`${mechanism}: there is no token; give one in place of the password`)
  if (!/^[\x21-\x7e]+$/.test(password))
    throw new RangeError(`${mechanism}: the token holds a character it cannot carry`)
  // eslint-disable-next-line no-control-regex -- U+0001 ends a field
  credentialProblem(mechanism, { user: userNeeded ? user : user || '-', password }, /[\0\x01]/)
}

/** `status` of a server's JSON error as words, with nothing else of it: the rest may repeat anything. */
export function errorStatus(challenge: Uint8Array): string | null {
  if (challenge.length === 0 || challenge.length > longest) return null
  const status = /"status"\s*:\s*"([\w -]{1,40})"/.exec(fromUtf8(challenge) ?? '')?.[1]
  return status === undefined ? 'the server refused the token' : `the server said status ${status}`
}

/** The token of `auth=Bearer TOKEN`; the scheme's name is taken in any case (RFC 7628 §3.1). */
export const bearerOf = (field: string | undefined): string | null =>
  /^auth=bearer ([\x21-\x7e]{1,10000})$/i.exec(field ?? '')?.[1] ?? null
