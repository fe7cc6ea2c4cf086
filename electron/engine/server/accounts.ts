/**
 * Owns: who may log in. Passwords are compared in constant time and never leave this file; with no users at all,
 * any name and password are right (a server to try clients against). SCRAM needs users: a server that knows no password
 * cannot prove itself.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { utf8 } from '#shared/bytes/bytes.ts'
import type { Hashes } from '#shared/smtp/machine/options.ts'
import type { ScramHash, ScramKeys } from '#shared/smtp/sasl/mechanism.ts'
import type { ClientIdentity } from './clientIdentity.ts'
import { preparedOr, ScramStore } from './scramKeys.ts'
import { type Token, TokenRules, type TokenVerdict } from './tokens.ts'

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
  /** For any name, known or not. */
  scramKeys(user: string, hash: ScramHash): Promise<ScramKeys>
  /** The user of the settings that a name in a SCRAM exchange means; null when there is none. */
  named(user: string): string | null
  token(user: string, token: string): TokenVerdict
  /** The user that a certificate stands for and `wanted` names, or any when that is empty; null when there is none. */
  external(wanted: string, identity: ClientIdentity | null): string | null
  /** There is somebody for tokens to be right for. */
  readonly takesTokens: boolean
  /** There is somebody for passwords to be right for; absent: yes. */
  readonly takesPasswords?: boolean
  /** There is somebody for a client certificate to stand for; absent: yes. */
  readonly takesCertificates?: boolean
}

export interface AccountsOptions {
  tokens?: readonly Token[]
  now?: () => Date
}

export function createAccounts(
  accounts: readonly Account[],
  hashes: Hashes,
  { tokens = [], now = () => new Date() }: AccountsOptions = {},
): Accounts {
  // Keyed hashes have one length whatever the password, so the comparison tells nothing, not even the length.
  const key = randomBytes(32)
  const seal = (text: string) => createHmac('sha256', key).update(text).digest()
  const decoy = randomBytes(18).toString('base64')
  const known = new Map(accounts.map(({ user, password }) => [user, password]))
  const passwordOf = (user: string) => known.get(user) ?? decoy
  const scram = new ScramStore(
    accounts.flatMap(({ user, password }) => (password === null ? [] : [[user, password] as const])),
    hashes,
  )
  const rules = new TokenRules(tokens, known.size === 0)
  const prepared = new Map([...known.keys()].map((user) => [preparedOr(user), user]))
  return {
    names: [...known.keys()],
    takesTokens: known.size === 0 || tokens.length > 0,
    password(user, password) {
      const right = timingSafeEqual(seal(password), seal(passwordOf(user)))
      return known.size === 0 || right
    },
    cramMd5(user, challenge, digest) {
      const wanted = Buffer.from(hashes.hmac('md5', utf8(passwordOf(user)), utf8(challenge))).toString('hex')
      const right = timingSafeEqual(seal(digest), seal(wanted))
      return known.size === 0 || right
    },
    scramKeys: (user, hash) => scram.keys(user, hash),
    named: (user) => prepared.get(preparedOr(user)) ?? null,
    token: (user, token) => rules.check(user, token, now()),
    external(wanted, identity) {
      if (identity?.verified !== true) return null
      const mine = known.size === 0 ? identity.names : identity.names.filter((name) => known.has(name))
      return (wanted === '' ? mine[0] : mine.find((name) => name === wanted)) ?? null
    },
  }
}
