/**
 * Owns: whether a policy is an open relay: whom it lets send anywhere although they have shown nothing, and under which names
 * it lets anybody send to strangers. Each finding is tried on the policy itself, and says the rule and the line that decide.
 */
import { decideRelay } from './decide.ts'
import { inNetwork, publicSamples } from './network.ts'
import { openingOf } from './opening.ts'
import type { RelayPolicy } from './policy.ts'
import { compiled } from './rules.ts'
import { narrowestFirst } from './sources.ts'
import { isRegistry } from './topLevels.ts'

export const lineWords = (line: number | undefined): string => (line === undefined ? '' : ` in line ${line}`)

/** Addresses for documentation: whoever stands there is nobody's neighbour (RFC 5737, RFC 3849). */
const strangers = ['203.0.113.77', '2001:db8:77::1']

const stranger = 'stranger@sender.invalid'

/** Nobody's: who may send to all of them may send to everybody. */
const anywhere = ['somebody@elsewhere.invalid', 'anybody@elsewhere.test'] as const

/** Bits of a network below which it is no longer a few machines of one's own. */
const few = { v4: 24, v6: 48 }

/** More of one kind are told as a number. */
const mostTold = 20

/** Whether whoever stands there may send to each of the recipients. Without the trace: ten thousand sources are tried. */
function maySend(policy: RelayPolicy, client: string, recipients: readonly string[]): boolean {
  const { rules, decidedBy } = compiled(policy)
  return recipients.every((recipient) => {
    const attempt = { client, secured: true, sender: stranger, recipient }
    return rules[decidedBy(attempt) - 1]!.look(attempt).relay === true
  })
}

/** A client for each wide network out of which anybody may send, unless one of those `told` is in it; narrower sources may take some out. */
const wideClients = (policy: RelayPolicy, told: readonly string[]): string[] =>
  narrowestFirst(policy).flatMap(({ source, network }) => {
    if (source.alwaysAllowRelaying !== true || told.some((client) => inNetwork(client, network))) return []
    const samples = publicSamples(network, few)
    return samples.find((client) => maySend(policy, client, anywhere)) ?? []
  })

/** Whom the policy lets relay anywhere: strangers and a client out of each wide network ask it. */
function anywhereWords(policy: RelayPolicy): string[] {
  const open = strangers.filter((client) => maySend(policy, client, anywhere))
  const all = [...new Set([...open, ...wideClients(policy, open)])]
  const told = all.slice(0, mostTold).map((client) => {
    const { because, trace, decidedBy } = decideRelay(policy, { client, secured: true, sender: stranger, recipient: anywhere[0] }) // prettier-ignore
    const rule = trace.find(({ number }) => number === decidedBy)
    return `${client} may send anywhere: ${rule?.rule ?? ''}${lineWords(rule?.line)} decides. ${because}`
  })
  const more = all.length - told.length
  return more === 0 ? told : [...told, `${more} more sources let anybody in them send anywhere.`]
}

/** A rule that opens names as a whole. */
interface Wide {
  rule: string
  line: number | undefined
  words: string
  remedy: string
  samples: readonly string[]
}

const mostSuffixes = 8

function listed(suffixes: readonly string[]): string {
  const names = suffixes.slice(0, mostSuffixes).map((one) => `.${one}`)
  if (suffixes.length > mostSuffixes)
    return `${names.join(', ')} and ${suffixes.length - mostSuffixes} more names`
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

const wideDomains = ({ relayDomains }: RelayPolicy): Wide[] =>
  relayDomains.flatMap(({ domain, line }) => {
    const below = domain.startsWith('*.') ? domain.slice(2) : ''
    if (below === '' || !isRegistry(below)) return []
    return {
      rule: `relay-domain ${domain}`,
      line,
      words: `to any address under .${below}`,
      remedy: `Write the domains themselves, as relay-domain example.${below}.`,
      samples: [`somebody@qorvelim.${below}`, `anybody@zuphandry.${below}`],
    }
  })

const widePatterns = ({ relayAddresses }: RelayPolicy): Wide[] =>
  relayAddresses.flatMap(({ pattern, line }) => {
    const opening = openingOf(pattern)
    if (opening === null) return []
    const { suffixes, samples } = opening
    return {
      rule: `relay-address ${pattern}`,
      line,
      words: `to strangers under ${listed(suffixes)}, as ${samples.join(' and ')}`,
      remedy: 'Name the whole domain behind the @, as /@example\\.com$/.',
      samples,
    }
  })

/** Rules by which anybody may send to strangers under some name, although not to everybody. */
function underWords(policy: RelayPolicy): string[] {
  const open = [...wideDomains(policy), ...widePatterns(policy)].filter(({ samples }) =>
    maySend(policy, strangers[0]!, samples),
  )
  const told = open
    .slice(0, mostTold)
    .map(({ rule, line, words, remedy }) => `Anybody may send ${words}: ${rule}${lineWords(line)} decides. ${remedy}`) // prettier-ignore
  const more = open.length - told.length
  return more === 0 ? told : [...told, `${more} more rules let anybody send to strangers.`]
}

const tried = new WeakMap<RelayPolicy, readonly string[]>()

/** Why the policy is an open relay: the words for each way. Empty: it is none. Tried once for each policy. */
export function openRelayWords(policy: RelayPolicy): string[] {
  const known = tried.get(policy)
  if (known !== undefined) return [...known]
  const wide = anywhereWords(policy)
  // Who may send anywhere may send there, too.
  const words = wide.some((one) => one.startsWith(strangers[0]!)) ? wide : [...wide, ...underWords(policy)]
  tried.set(policy, words)
  return [...words]
}
