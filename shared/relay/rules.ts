/**
 * Owns: the rules of a policy in the order in which they are looked at for one recipient, each as a function of the attempt:
 *
 * 1. whether the connection must be sealed (RFC 3207 §4);
 * 2. sources that may relay without showing anything;
 * 3. who has signed in;
 * 4. mail to relay domains and relay addresses, which may come from anybody, as to any public MX;
 * 5. sources of whom signing in is asked;
 * 6. nobody else: what no rule allows is refused, so that an empty policy is no open relay.
 */
import { domainOf } from '../smtp/grammar/mailbox.ts'
import type { RelayAttempt, RelayReply } from './decision.ts'
import { inNetwork } from './network.ts'
import { readPattern } from './pattern.ts'
import type { RelayPolicy, RelaySource } from './policy.ts'
import { narrowestFirst, sourceDirectives, type KnownSource, type SourceDirective } from './sources.ts'

/** What a rule finds. `relay` or `reply`: it decides. `because` goes on from "Refused, because" or "Relayed, because". */
export interface Finding {
  matches: boolean
  compared: string
  relay?: true
  reply?: RelayReply
  because?: string
}

export interface Rule {
  /** As the notation writes it. */
  text: string
  line?: number
  look: (attempt: RelayAttempt) => Finding
}

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

/** `*.example.com` is every name below example.com. */
export const inDomain = (domain: string, entry: string): boolean =>
  entry.startsWith('*.') ? domain.endsWith(entry.slice(1).toLowerCase()) : domain === entry.toLowerCase()

const relayDomains = ({ relayDomains: domains }: RelayPolicy): Rule[] =>
  domains.map(({ domain, line }) => ({
    text: `relay-domain ${domain}`,
    ...at(line),
    look: ({ recipient }) => {
      const own = domainOf(recipient).toLowerCase()
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

const made = new WeakMap<RelayPolicy, readonly Rule[]>()

/** In the order in which they are looked at; the last one matches everybody. A policy is not changed after it was given here. */
export function rulesOf(policy: RelayPolicy): readonly Rule[] {
  const known = made.get(policy)
  if (known !== undefined) return known
  const rules = [
    ...requireStarttls(policy),
    ...alwaysAllow(policy),
    ...beforeAuth(policy),
    ...signedIn(policy),
    ...relayDomains(policy),
    ...relayAddresses(policy),
    ...requireAuth(policy),
    nobodyElse,
  ]
  made.set(policy, rules)
  return rules
}
