/** Owns: bearer tokens of the local server as a form: until when each is right, and the change that keeps the others. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import { dateWords } from './certificates.ts'
import { clockTime } from './measures.ts'

export type Tokens = NonNullable<ServerStatus['tokens']>
type TokenChange = NonNullable<CallInput<'server.configure'>['tokens']>

export const tokenEnds = ['never', 'hour', 'day', 'past'] as const
export type TokenEnd = (typeof tokenEnds)[number]

export const tokenEndChoices: readonly { value: TokenEnd; label: string; description: string }[] = [
  { value: 'never', label: 'Always right', description: 'Until it is removed.' },
  { value: 'hour', label: 'For an hour', description: 'As providers give them.' },
  { value: 'day', label: 'For a day', description: 'Twenty-four hours from now.' },
  { value: 'past', label: 'Expired already', description: 'Refused as expired: shows what a client does then.' },
] // prettier-ignore

const hourMs = 3_600_000
const ends: Record<TokenEnd, number | null> = { never: null, hour: hourMs, day: 24 * hourMs, past: -hourMs }

export interface NewToken {
  user: string
  token: string
  end: TokenEnd
}

export type TokenProblems = Partial<Record<'user' | 'token', string>>

/** RFC 6750 §2.1: printable ASCII without a space. */
export function checkToken({ user, token }: NewToken): TokenProblems {
  return {
    ...(user.trim() === '' ? { user: 'The name is empty. Write the user that the token stands for.' } : {}),
    ...(token === ''
      ? { token: 'The token is empty. Nobody could sign in with it.' }
      : /^[\x21-\x7e]{1,10000}$/.test(token)
        ? {}
        : { token: 'It has a space, or another character that no token has (RFC 6750 §2.1).' }),
  }
}

/** Those there are keep their secrets by their places. */
const kept = (tokens: Tokens): TokenChange =>
  tokens.map(({ user, expiresAt }, keeps) => ({
    user,
    keeps,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }))

export function withToken(tokens: Tokens, { user, token, end }: NewToken, now: number): TokenChange {
  const after = ends[end]
  const expiresAt = after === null ? {} : { expiresAt: new Date(now + after).toISOString() }
  return [...kept(tokens), { user: user.trim(), token, ...expiresAt }]
}

export const withoutToken = (tokens: Tokens, place: number): TokenChange =>
  kept(tokens).filter((_one, at) => at !== place)

export function tokenEndWords(expiresAt: string | undefined, now: number): string {
  if (expiresAt === undefined) return 'always right'
  if (Date.parse(expiresAt) <= now) return 'expired, and refused as such'
  return `right until ${dateWords(expiresAt)}, ${clockTime(expiresAt)}`
}
