/**
 * Owns: what is wrong with a policy as a whole, which no single line shows: two listeners on one port, names that nothing
 * defines, entries that can never hold; and whether it is an open relay.
 */
import { decideRelay } from './decide.ts'
import { readNetwork } from './network.ts'
import { readPattern } from './pattern.ts'
import type { RelayPolicy } from './policy.ts'
import { narrowestFirst } from './sources.ts'

export interface PolicyProblem {
  /** `error`: the policy is not run with it. */
  severity: 'error' | 'warning'
  line?: number
  /** From 1, where the policy came as a text. */
  column?: number
  /** Path of the field, as `sources[2].match`. */
  field: string
  message: string
}

type Say = (
  severity: PolicyProblem['severity'],
  field: string,
  line: number | undefined,
  message: string,
) => void

const lineWords = (line: number | undefined): string => (line === undefined ? '' : ` in line ${line}`)

function listenerProblems({ listeners }: RelayPolicy, say: Say): void {
  for (const [place, { address, port, line }] of listeners.entries()) {
    const before = listeners
      .slice(0, place)
      .find((other) => other.port === port && (other.address === address || other.address === undefined || address === undefined)) // prettier-ignore
    if (before === undefined) continue
    const all = before.address === undefined && address !== undefined ? ' on all addresses, this one included' : ''
    say('error', `listeners[${place}]`, line, `port ${port} is listened on already${all}${lineWords(before.line)}; take one of the two out`)
  }
} // prettier-ignore

function unreadable(policy: RelayPolicy, say: Say): void {
  for (const [place, { address, line }] of policy.listeners.entries())
    if (address !== undefined && (address.includes('/') || typeof readNetwork(address) === 'string'))
      say(
        'error',
        `listeners[${place}].address`,
        line,
        `${address} is no IP address; write one of this machine's, as 127.0.0.1 or ::1, or none for all of them`,
      )
  for (const [place, { match, line }] of policy.sources.entries()) {
    const network = readNetwork(match)
    if (typeof network === 'string') say('error', `sources[${place}].match`, line, `${match} ${network}`)
  }
  const leaving = (field: string, hosts: RelayPolicy['sourceHosts']): void => {
    for (const [place, { address, line }] of hosts.entries()) {
      const network = readNetwork(address)
      if (typeof network === 'string')
        say('error', `${field}[${place}].address`, line, `${address} ${network}`)
    }
  }
  leaving('sourceHosts', policy.sourceHosts)
  for (const [place, { sourceHosts }] of policy.virtualMtas.entries())
    leaving(`virtualMtas[${place}].sourceHosts`, sourceHosts)
  for (const [place, { pattern, line }] of policy.relayAddresses.entries()) {
    const read = readPattern(pattern)
    if (typeof read === 'string') say('error', `relayAddresses[${place}].pattern`, line, `${pattern} ${read}`)
  }
  for (const [place, { pattern, line, of, field }] of policy.virtualMtaRules.entries()) {
    const read = readPattern(pattern)
    if (typeof read === 'string')
      say('error', `virtualMtaRules[${place}].pattern`, line, `${pattern} ${read}`)
    if (of === 'header' && !field) say('error', `virtualMtaRules[${place}].field`, line, 'the name of the header field is missing') // prettier-ignore
  }
}

function undefinedMtas(policy: RelayPolicy, say: Say): void {
  const names = new Set(policy.virtualMtas.map(({ name }) => name))
  const check = (field: string, name: string | undefined, line: number | undefined) => {
    if (name !== undefined && !names.has(name))
      say('error', field, line, `there is no virtual MTA ${name}; define it with <virtual-mta ${name}>`)
  }
  for (const [i, { virtualMta, line }] of policy.users.entries())
    check(`users[${i}].virtualMta`, virtualMta, line)
  for (const [i, { virtualMta, line }] of policy.sources.entries())
    check(`sources[${i}].virtualMta`, virtualMta, line)
  for (const [i, { virtualMta, line }] of policy.virtualMtaRules.entries()) check(`virtualMtaRules[${i}].virtualMta`, virtualMta, line) // prettier-ignore
}

/** A requirement that nobody can meet, or that says the opposite of another. */
function contradictions(policy: RelayPolicy, say: Say): void {
  for (const [place, { allowStarttls, requireStarttls, requireStarttlsBeforeAuth, match, line }] of policy.sources.entries()) {
    if (allowStarttls === false && requireStarttls === true)
      say('error', `sources[${place}].requireStarttls`, line, `source ${match} requires STARTTLS and does not allow it; take one of the two out`)
    if (requireStarttlsBeforeAuth === false)
      say('warning', `sources[${place}].requireStarttlsBeforeAuth`, line, `source ${match} may sign in in clear: its passwords can be read on the way (RFC 4954 §14)`)
  }
  const domains = [...policy.domains, ...policy.virtualMtas.flatMap((mta) => mta.domains)]
  for (const { domain, useStarttls, requireStarttls, line } of domains)
    if (useStarttls === false && requireStarttls === true)
      say('error', 'domains.requireStarttls', line, `domain ${domain} requires STARTTLS and does not use it; take one of the two out`)
  for (const [place, { method, name, line }] of policy.users.entries())
    if (method === 'system')
      say('warning', `users[${place}].method`, line, `accounts of the operating system cannot be asked here: ${name} cannot sign in; give a password instead`)
} // prettier-ignore

/** Addresses for documentation: whoever stands there is nobody's neighbour (RFC 5737, RFC 3849). */
const strangers = ['203.0.113.77', '2001:db8:77::1']

/** Nobody's: who may send to all of them may send to everybody. */
const anywhere = ['somebody@elsewhere.invalid', 'anybody@elsewhere.test'] as const

/** Bits of a network below which it is no longer a few machines of one's own. */
const few = { v4: 24, v6: 48 }

/**
 * Whom the policy lets relay anywhere although they have shown nothing: the words for each of them. Empty: no open relay.
 * Tried, not read: strangers and a client out of each wide network ask it.
 */
export function openRelayWords(policy: RelayPolicy): string[] {
  const wide = narrowestFirst(policy).flatMap(({ source, network: { range, bits } }) => {
    if (source.alwaysAllowRelaying !== true || range === undefined) return []
    const [address] = range
    const isPublic = address.range() === 'unicast'
    return isPublic && bits < (address.kind() === 'ipv4' ? few.v4 : few.v6) ? [address.toString()] : []
  })
  return [...strangers, ...wide].flatMap((client) => {
    const decisions = anywhere.map((recipient) =>
      decideRelay(policy, { client, secured: true, sender: 'stranger@sender.invalid', recipient }),
    )
    const { because, trace, decidedBy } = decisions[0]!
    if (!decisions.every(({ relay }) => relay)) return []
    const rule = trace.find(({ number }) => number === decidedBy)
    return [`${client} may send anywhere: ${rule?.rule ?? ''}${lineWords(rule?.line)} decides. ${because}`]
  })
}

/** Everything at once. `error`s forbid the policy; it is an open relay when one of field `openRelay` is there. */
export function policyProblems(policy: RelayPolicy): PolicyProblem[] {
  const problems: PolicyProblem[] = []
  const say: Say = (severity, field, line, message) =>
    problems.push({ severity, field, ...(line === undefined ? {} : { line }), message })
  listenerProblems(policy, say)
  unreadable(policy, say)
  undefinedMtas(policy, say)
  contradictions(policy, say)
  for (const words of openRelayWords(policy))
    say(
      'warning',
      'openRelay',
      undefined,
      `This is an open relay. ${words} It will listen on this computer only.`,
    )
  return problems
}
