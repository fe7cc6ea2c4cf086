/**
 * Owns: the relay's rules in the plainest way, each looked at one after another and nothing remembered: what the compiled
 * rules have to agree with, whatever the policy.
 */
import { domainOf } from '#shared/smtp/grammar/mailbox.ts'
import type { RelayAttempt, TraceStep } from '#shared/relay/decision.ts'
import { domainKey } from '#shared/relay/domainKey.ts'
import { inNetwork } from '#shared/relay/network.ts'
import { readPattern } from '#shared/relay/pattern.ts'
import type { RelayPolicy, RelaySource } from '#shared/relay/policy.ts'
import type { Finding, Rule } from '#shared/relay/rule.ts'
import {
  narrowestFirst,
  sourceDirectives,
  type KnownSource,
  type SourceDirective,
} from '#shared/relay/sources.ts'

const no = (compared: string): Finding => ({ matches: false, compared })
const goOn = (compared: string): Finding => ({ matches: true, compared })
const refuse = (compared: string, because: string, code: number, enhanced: string, text: string): Finding => ({
  matches: true, compared, because, reply: { code, enhanced, text },
}) // prettier-ignore
const allow = (compared: string, because: string): Finding => ({
  matches: true,
  compared,
  because,
  relay: true,
})

const at = (line: number | undefined) => (line === undefined ? {} : { line })
const everybody = '0/0'

/** A rule for each source that says something of `directive`; a wider one is silent where a narrower one has spoken. */
function bySource(
  policy: RelayPolicy,
  directive: SourceDirective,
  decide: (attempt: RelayAttempt, value: boolean, source: RelaySource) => Finding,
): Rule[] {
  const speaking = narrowestFirst(policy).filter(({ source }) => source[directive] !== undefined)
  return speaking.map(({ source, network }, place) => ({
    text: `source ${source.match} ${sourceDirectives[directive]} ${source[directive]}`,
    ...at(source.line),
    look: (attempt) => {
      if (!inNetwork(attempt.client, network)) return no(`${attempt.client} is outside ${source.match}`)
      const narrower = spokenFor(speaking.slice(0, place), attempt)
      return narrower === undefined
        ? decide(attempt, source[directive] === true, source)
        : no(`source ${narrower} has said it already`)
    },
  }))
}

const spokenFor = (narrower: readonly KnownSource[], { client }: RelayAttempt): string | undefined =>
  narrower.find(({ network }) => inNetwork(client, network))?.source.match

const inside = ({ client }: RelayAttempt, { match }: RelaySource): string =>
  match === everybody ? `${client} is inside 0/0, which is everybody` : `${client} is inside ${match}`

const others = ({ match }: RelaySource): string => (match === everybody ? 'everybody' : `clients in ${match}`)

const requireStarttls = (policy: RelayPolicy): Rule[] =>
  bySource(policy, 'requireStarttls', (attempt, required, source) => {
    if (!required) return goOn(`${inside(attempt, source)}; it may stay in clear`)
    if (attempt.secured) return goOn(`${inside(attempt, source)}; the connection is sealed`)
    return refuse(
      `${inside(attempt, source)}; the connection is in clear`,
      `the connection was not sealed and ${others(source)} must use STARTTLS`,
      530, '5.7.0', 'Must issue a STARTTLS command first',
    ) // prettier-ignore
  })

const alwaysAllow = (policy: RelayPolicy): Rule[] =>
  bySource(policy, 'alwaysAllowRelaying', (attempt, allowed, source) =>
    allowed
      ? allow(inside(attempt, source), `${others(source)} may always relay`)
      : goOn(`${inside(attempt, source)}; it has to be allowed by another rule`),
  )

const beforeAuth = (policy: RelayPolicy): Rule[] =>
  bySource(policy, 'requireStarttlsBeforeAuth', (attempt, required, source) => {
    if (!required) return goOn(`${inside(attempt, source)}; signing in is offered in clear, too`)
    const seal = attempt.secured
      ? 'signing in is offered'
      : 'signing in is not offered, for the connection is in clear'
    return goOn(`${inside(attempt, source)}; ${seal}`)
  })

function signedIn({ users }: RelayPolicy): Rule[] {
  if (users.length === 0) return []
  const names = new Map(users.map((user) => [user.name, user]))
  return [
    {
      text: users.length === 1 ? `smtp-user ${users[0]!.name}` : `smtp-user, ${users.length} of them`,
      ...at(users[0]!.line),
      look: ({ user }) => {
        if (user === undefined) return no('Nobody has signed in')
        return names.has(user)
          ? allow(`Signed in as ${user}`, `${user} has signed in`)
          : no(`${user} is none of the users of this relay`)
      },
    },
  ]
}

const inDomain = (own: string, entry: string): boolean => {
  const domain = domainKey(own)
  return entry.startsWith('*.') ? domain.endsWith(domainKey(entry).slice(1)) : domain === domainKey(entry)
}

const relayDomains = ({ relayDomains: domains }: RelayPolicy): Rule[] =>
  domains.map(({ domain, line }) => ({
    text: `relay-domain ${domain}`,
    ...at(line),
    look: ({ recipient }) => {
      const own = domainOf(recipient).toLowerCase()
      if (domain === '*') return no('* alone names no domain')
      return inDomain(own, domain)
        ? allow(`${own} is ${domain}`, `${own} is a relay domain, to which anybody may send`)
        : no(`${own} is not ${domain}`)
    },
  }))

const relayAddresses = ({ relayAddresses: patterns }: RelayPolicy): Rule[] =>
  patterns.map(({ pattern, line }) => ({
    text: `relay-address ${pattern}`,
    ...at(line),
    look: ({ recipient }) => {
      const read = readPattern(pattern)
      if (typeof read === 'string') return no(`The pattern ${read}`)
      return read.matches(recipient)
        ? allow(`${recipient} matches`, `${recipient} is a relay address, to which anybody may send`)
        : no(`${recipient} does not match`)
    },
  }))

function requireAuth(policy: RelayPolicy): Rule[] {
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

const nobodyElse: Rule = {
  text: 'everybody else',
  look: ({ recipient }) =>
    refuse(
      'No rule above allows it',
      `no rule lets this client send to ${domainOf(recipient).toLowerCase()}`,
      550, '5.7.1', 'Relaying denied',
    ), // prettier-ignore
}

const plainRules = (policy: RelayPolicy): Rule[] => [
  ...requireStarttls(policy),
  ...alwaysAllow(policy),
  ...beforeAuth(policy),
  ...signedIn(policy),
  ...relayDomains(policy),
  ...relayAddresses(policy),
  ...requireAuth(policy),
  nobodyElse,
]

const decides = ({ relay, reply }: Finding): boolean => relay === true || reply !== undefined

/** Every rule of the policy, one after another: which decides, and the whole trace. */
export function plainDecision(policy: RelayPolicy, attempt: RelayAttempt): { decidedBy: number; finding: Finding; trace: TraceStep[] } {
  const rules = plainRules(policy)
  const found = rules.map((rule) => rule.look(attempt))
  const decidedBy = found.findIndex(decides) + 1
  const trace = rules.map(({ text, line }, place): TraceStep => {
    const { compared, matches } = found[place]!
    const reached = place < decidedBy
    return {
      number: place + 1,
      rule: text,
      ...(line === undefined ? {} : { line }),
      compared: reached ? compared : `${matches ? 'Would match' : 'Would not match'}: ${compared}`,
      result: !reached ? 'not-reached' : decides(found[place]!) ? 'decided' : matches ? 'go-on' : 'no-match',
    }
  })
  return { decidedBy, finding: found[decidedBy - 1]!, trace }
} // prettier-ignore
