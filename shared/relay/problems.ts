/**
 * Owns: what is wrong with a policy as a whole, which no single line shows: two listeners on one port, names that nothing
 * defines, entries that can never hold; and whether it is an open relay.
 */
import { readNetwork } from './network.ts'
import { readPattern } from './pattern.ts'
import { lineWords, openRelayWords } from './openRelay.ts'
import type { DomainPolicy, RelayPolicy } from './policy.ts'
import { saysPasswordInClear } from './smarthostTls.ts'

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

/** What the way refuses when mail is there (engine/relay/route/oneHost.ts) is seen in the rules already. */
function smarthosts(policy: RelayPolicy, say: Say): void {
  const look = (field: string, domains: readonly DomainPolicy[]): void => {
    for (const [place, { smarthost, line }] of domains.entries())
      if (smarthost !== undefined && saysPasswordInClear(smarthost))
        say('warning', `${field}[${place}].smarthost`, line, `smarthost ${smarthost.host}:${smarthost.port} is set plain, and the password of ${smarthost.user} would go there in clear: mail waits until it is set starttls or implicit`)
  }
  look('domains', policy.domains)
  for (const [place, { domains }] of policy.virtualMtas.entries()) look(`virtualMtas[${place}].domains`, domains)
} // prettier-ignore

/** A rule that can never hold, and whoever wrote it thinks it does. */
function idle(policy: RelayPolicy, say: Say): void {
  for (const [place, { domain, line }] of policy.relayDomains.entries())
    if (domain === '*')
      say('warning', `relayDomains[${place}].domain`, line, 'relay-domain * names no domain and lets nothing through; write each domain, as relay-domain example.com, or *.example.com for the names below it. Who may send anywhere is said in a source: always-allow-relaying true')
} // prettier-ignore

/** Everything at once. `error`s forbid the policy; it is an open relay when one of field `openRelay` is there. */
export function policyProblems(policy: RelayPolicy): PolicyProblem[] {
  const problems: PolicyProblem[] = []
  const say: Say = (severity, field, line, message) =>
    problems.push({ severity, field, ...(line === undefined ? {} : { line }), message })
  listenerProblems(policy, say)
  unreadable(policy, say)
  undefinedMtas(policy, say)
  contradictions(policy, say)
  smarthosts(policy, say)
  idle(policy, say)
  for (const words of openRelayWords(policy))
    say(
      'warning',
      'openRelay',
      undefined,
      `This is an open relay. ${words} It may listen on this computer only.`,
    )
  return problems
}

export { openRelayWords } from './openRelay.ts'
