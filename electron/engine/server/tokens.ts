/** Owns: which bearer tokens are right (RFC 6750), for XOAUTH2 and OAUTHBEARER. Tokens never leave this file. */
import { createHmac, randomBytes } from 'node:crypto'

export interface Token {
  user: string
  /** Null: it was lost with the keychain of an earlier run. */
  token: string | null
  /** As in the settings: ISO 8601. */
  expiresAt?: string | undefined
}

export type TokenVerdict = { right: true; user: string } | { right: false; expired: boolean }

/** In a store of keyed hashes: looking one up tells by its time nothing that helps to guess. */
export class TokenRules {
  readonly #key = randomBytes(32)
  readonly #known: { user: string; sealed: string; until: number }[] = []
  readonly #any: boolean

  /** `any`: without rules every token is right. */
  constructor(tokens: readonly Token[], any: boolean) {
    this.#any = any && tokens.length === 0
    for (const { user, token, expiresAt } of tokens) {
      if (token === null) continue
      const until = expiresAt === undefined ? Infinity : Date.parse(expiresAt)
      this.#known.push({ user, sealed: this.#seal(token), until })
    }
  }

  /** `user` is empty when the client named none: then it is the token's own. */
  check(user: string, token: string, now: Date): TokenVerdict {
    if (this.#any) return { right: true, user: user === '' ? 'token' : user }
    const sealed = this.#seal(token)
    const found = this.#known.filter((one) => one.sealed === sealed && (user === '' || user === one.user))
    const live = found.find(({ until }) => now.getTime() < until)
    return live === undefined ? { right: false, expired: found.length > 0 } : { right: true, user: live.user }
  }

  #seal(token: string): string {
    return createHmac('sha256', this.#key).update(token).digest('base64')
  }
}
