/**
 * Owns: rules that go by the client's address. Of each directive the narrowest source that holds the client speaks, and a
 * wider one is silent; so one rule of each kind can decide at most, and it is found by the client's address.
 */
import type { RelayAttempt } from './decision.ts'
import { inNetwork } from './network.ts'
import type { RelayPolicy, RelaySource } from './policy.ts'
import { at, decides, goOn, allow, no, refuse, type Finding, type Section } from './rule.ts'
import { sourceDirectives, speakersOf, type SourceDirective } from './sources.ts'

const everybody = '0/0'

/** A rule for each source that says something of `directive`; a wider one is silent where a narrower one has spoken. */
function bySource(
  policy: RelayPolicy,
  directive: SourceDirective,
  decide: (attempt: RelayAttempt, value: boolean, source: RelaySource) => Finding,
): Section {
  const { speaking, placeFor } = speakersOf(policy, directive)
  const rules = speaking.map(({ source, network }, place) => ({
    text: `source ${source.match} ${sourceDirectives[directive]} ${source[directive]}`,
    ...at(source.line),
    look: (attempt: RelayAttempt): Finding => {
      const speaker = placeFor(attempt.client)
      if (speaker === place) return decide(attempt, source[directive] === true, source)
      return speaker >= 0 && speaker < place && inNetwork(attempt.client, network)
        ? no(`source ${speaking[speaker]!.source.match} has said it already`)
        : no(`${attempt.client} is outside ${source.match}`)
    },
  }))
  const first = (attempt: RelayAttempt): number => {
    const speaker = placeFor(attempt.client)
    return speaker >= 0 && decides(rules[speaker]!.look(attempt)) ? speaker : -1
  }
  return { rules, first }
}

const inside = ({ client }: RelayAttempt, { match }: RelaySource): string =>
  match === everybody ? `${client} is inside 0/0, which is everybody` : `${client} is inside ${match}`

const others = ({ match }: RelaySource): string => (match === everybody ? 'everybody' : `clients in ${match}`)

export const requireStarttls = (policy: RelayPolicy): Section =>
  bySource(policy, 'requireStarttls', (attempt, required, source) => {
    if (!required) return goOn(`${inside(attempt, source)}; it may stay in clear`)
    if (attempt.secured) return goOn(`${inside(attempt, source)}; the connection is sealed`)
    return refuse(
      `${inside(attempt, source)}; the connection is in clear`,
      `the connection was not sealed and ${others(source)} must use STARTTLS`,
      530, '5.7.0', 'Must issue a STARTTLS command first',
    ) // prettier-ignore
  })

export const alwaysAllow = (policy: RelayPolicy): Section =>
  bySource(policy, 'alwaysAllowRelaying', (attempt, allowed, source) =>
    allowed
      ? allow(inside(attempt, source), `${others(source)} may always relay`)
      : goOn(`${inside(attempt, source)}; it has to be allowed by another rule`),
  )

export const beforeAuth = (policy: RelayPolicy): Section =>
  bySource(policy, 'requireStarttlsBeforeAuth', (attempt, required, source) => {
    if (!required) return goOn(`${inside(attempt, source)}; signing in is offered in clear, too`)
    const seal = attempt.secured
      ? 'signing in is offered'
      : 'signing in is not offered, for the connection is in clear'
    return goOn(`${inside(attempt, source)}; ${seal}`)
  })

export function requireAuth(policy: RelayPolicy): Section {
  const names = new Set(policy.users.map(({ name }) => name))
  return bySource(policy, 'requireAuth', (attempt, required, source) => {
    if (!required) return goOn(`${inside(attempt, source)}; signing in is not asked for`)
    // Decided before; a trace says all the same what this rule thinks of it.
    if (attempt.user !== undefined && names.has(attempt.user))
      return goOn(`${inside(attempt, source)}; ${attempt.user} has signed in`)
    const who =
      attempt.user === undefined ? 'nobody had signed in' : `${attempt.user} is no user of this relay`
    return refuse(
      `${inside(attempt, source)}; ${attempt.user === undefined ? 'no AUTH before RCPT' : who}`,
      `${who} and ${others(source)} must`,
      530, '5.7.0', 'Authentication required',
    ) // prettier-ignore
  })
}
