/** Owns: how the relay stands, in words: whether it is an open relay, where mail goes, what a virtual MTA does about TLS. */
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { RelayRules, RelayStatus, RulesProblem } from '#shared/rpc/contract/relay.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import type { z } from 'zod'
import { countWords } from './measures.ts'
import { agoWords } from './relayTime.ts'

export type StatusOf = z.infer<typeof RelayStatus>
export type ProblemOf = z.infer<typeof RulesProblem>
export type MtaOf = StatusOf['virtualMtas'][number]

/** Who may send anywhere without showing anything, as far as the rules name them. */
function freeSources({ sources }: Pick<RelayPolicy, 'sources'>): string {
  const free = sources.filter(({ alwaysAllowRelaying }) => alwaysAllowRelaying === true)
  if (free.length === 0) return 'Without signing in, nobody may send anywhere.'
  const named = free.slice(0, 2).map(({ match }) => match).join(' and ') // prettier-ignore
  const more = free.length > 2 ? ` and ${countWords(free.length - 2, 'other source')}` : ''
  return `Without signing in, only ${named}${more} may send anywhere.`
}

export interface OpenVerdict {
  tone: 'good' | 'bad'
  title: string
  words: string
  ways: readonly WayIn[]
}

export interface WayIn {
  /** The rule that lets them in; the engine's own sentence where it names none. */
  words: string
  /** A stranger who comes in by it: tried, the trace shows how. */
  client?: string
}

/** One for each rule, however many were found to come in by it. */
function waysIn(openRelay: readonly string[]): WayIn[] {
  const found = new Map<string, WayIn>()
  for (const sentence of openRelay) {
    const [, client, rule] = /^(\S{1,64}) may send anywhere: (.{1,400}?) decides\./u.exec(sentence) ?? []
    const words = rule ?? sentence
    if (!found.has(words)) found.set(words, client === undefined ? { words } : { words, client })
  }
  return [...found.values()]
}

export function openVerdict({ openRelay, testedAt }: Pick<StatusOf, 'openRelay' | 'testedAt'>, rules: Pick<z.infer<typeof RelayRules>, 'policy'> | null, now: number): OpenVerdict {
  const tested = testedAt === undefined ? '' : ` Tested ${agoWords(testedAt, now)}.`
  if (openRelay.length > 0)
    return {
      tone: 'bad',
      title: 'An open relay.',
      words: `Strangers may send anywhere, so it listens on this computer only.${tested}`,
      ways: waysIn(openRelay),
    }
  return { tone: 'good', title: 'Not an open relay.', words: `${rules === null ? '' : freeSources(rules.policy)}${tested}`.trim(), ways: [] }
} // prettier-ignore

export const mtaTls: Record<MtaOf['tls'], { words: string; tone: 'sealed' | 'open' | 'plain'; icon?: 'lock' | 'eye' }> = {
  required: { words: 'TLS required', tone: 'sealed', icon: 'lock' },
  used: { words: 'TLS when offered', tone: 'plain' },
  off: { words: 'TLS off', tone: 'open', icon: 'eye' },
} // prettier-ignore

/** What a listener of the relay says of signing in: its rules decide for each client; these are everybody's. */
export function relayAuthWords({ auth, tls }: Pick<ListenerConfig, 'auth' | 'tls'>, policy: Pick<RelayPolicy, 'users' | 'sources'> | undefined): string {
  if (auth === 'off') return 'not offered'
  if (policy?.users.length === 0) return 'no users yet'
  const everybody = policy?.sources.findLast(({ match }) => match === '0/0')
  const sealed = tls === 'implicit' || everybody?.requireStarttlsBeforeAuth === false
  return `${auth === 'required' ? 'required' : 'offered'}${sealed ? '' : ', after TLS'}`
} // prettier-ignore

/** Where mail goes, in one short sentence. */
export function deliveryWords({ settings: { delivery }, allowedHosts }: Pick<StatusOf, 'settings' | 'allowedHosts'>): string {
  if (delivery.to === 'inbox') return 'Everything goes to the Inbox'
  if (delivery.to === 'host') return `Everything goes to ${delivery.host}:${delivery.port}`
  if (allowedHosts.length === 0) return 'No host is allowed yet: mail is held'
  return `Goes to ${countWords(allowedHosts.length, 'allowed host')}`
} // prettier-ignore

/** What a person may want to know at once: more entries failed, or wait for them; '' for nothing. */
export function newlyStuck(before: StatusOf['counts'], after: StatusOf['counts']): string {
  const [failed, held] = [after.bounced - before.bounced, after.held - before.held]
  const words = [
    failed > 0 && `${countWords(failed, 'more message')} failed.`,
    held > 0 && `${countWords(held, 'more message')} held.`,
  ]
  return words.filter(Boolean).join(' ')
}

/** Errors first, in the order of the text. */
export const sortedProblems = (problems: readonly ProblemOf[]): ProblemOf[] =>
  problems.toSorted(
    (a, b) =>
      Number(b.severity === 'error') - Number(a.severity === 'error') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )

export const hasErrors = (problems: readonly ProblemOf[]): boolean =>
  problems.some(({ severity }) => severity === 'error')

/** `Line 12, column 5`; a field where there is no text. */
export const placeWords = ({ line, column }: Pick<ProblemOf, 'line' | 'column'>): string =>
  line === undefined ? '' : column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`

/** Where in a text a line and column begin, both from 1; past the end is the end. */
export function offsetOf(text: string, line: number, column = 1): { from: number; to: number } {
  let from = 0
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', from)
    if (next < 0) break
    from = next + 1
  }
  const end = text.indexOf('\n', from)
  const to = end < 0 ? text.length : end
  return { from: Math.min(from + column - 1, to), to }
}
