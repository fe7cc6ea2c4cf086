/**
 * Owns: who may log in. Passwords are compared in constant time and never leave this file; with no users at all,
 * any name and password are right (a server to try clients against).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { utf8 } from '#shared/bytes/bytes.ts'
import type { Hashes } from '#shared/smtp/machine/options.ts'

export interface Account {
  user: string
  /** Null: it was lost with the keychain of an earlier run; nobody can log in as this user until it is set again. */
  password: string | null
}

export interface Accounts {
  readonly names: string[]
  password(user: string, password: string): boolean
  /** `digest` in lower-case hex: HMAC-MD5 of the challenge with the password as key (RFC 2195 §2). */
  cramMd5(user: string, challenge: string, digest: string): boolean
}

export function createAccounts(accounts: readonly Account[], hashes: Hashes): Accounts {
  // Keyed hashes have one length whatever the password, so the comparison tells nothing, not even the length.
  const key = randomBytes(32)
  const seal = (text: string) => createHmac('sha256', key).update(text).digest()
  const decoy = randomBytes(18).toString('base64')
  const known = new Map(accounts.map(({ user, password }) => [user, password]))
  const passwordOf = (user: string) => known.get(user) ?? decoy
  return {
    names: [...known.keys()],
    password(user, password) {
      const right = timingSafeEqual(seal(password), seal(passwordOf(user)))
      return known.size === 0 || right
    },
    cramMd5(user, challenge, digest) {
      const wanted = Buffer.from(hashes.hmac('md5', utf8(passwordOf(user)), utf8(challenge))).toString('hex')
      const right = timingSafeEqual(seal(digest), seal(wanted))
      return known.size === 0 || right
    },
  }
}
