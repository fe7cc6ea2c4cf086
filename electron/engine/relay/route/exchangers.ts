/**
 * Owns: which hosts take the mail of a domain, in the order in which they are tried (RFC 5321 §5.1): its MX by preference,
 * equal ones in any order, else the domain itself; none beyond this program's own place in that list.
 */
import type { DomainFacts, MxHost } from '#shared/diagnosis/facts.ts'
import { isIP, isIPv4 } from 'node:net'
import { readHost } from '../../dialogue/host.ts'
import { addressLiteral, asciiName, inTurn } from '../../dialogue/resolve.ts'
import { isAskable } from '../../dns/message.ts'
import { isLocal } from '../../dns/resolver.ts'
import { readMx } from '../../domain/mx.ts'
import { dnsSilent, loopsBack, noSuchDomain, noWay, takesNoMail } from './failures.ts'
import { addressWords, hostAddresses } from './hostAddresses.ts'
import type { Asking, Candidate, Exchangers, Failed } from './types.ts'

/** Remarks on exchangers that are left out. */
const mostRemarks = 20

/** `domain` as a leg has it; a literal in brackets or without. Never rejects for what DNS says. */
export async function findExchangers(
  domain: string,
  port: number,
  asking: Asking,
): Promise<Exchangers | Failed> {
  const found = await allOf(domain, asking)
  return found.kind === 'hosts' ? beforeSelf(domain, found, port, asking) : found
}

async function allOf(domain: string, asking: Asking): Promise<Exchangers | Failed> {
  const literal = addressLiteral(domain)
  if (literal) {
    const { address } = literal
    return { kind: 'hosts', by: 'literal', hosts: [alone(address, [address])], security: 'unproven', remarks: [] } // prettier-ignore
  }
  const name = asciiName(domain).toLowerCase()
  // Made of digits alone, `12345` or `0x7f.1`, a name would become the address 0.0.48.57 or 127.0.0.1.
  if (!isAskable(name) || isIP(name) !== 0 || domain.startsWith('['))
    return noSuchDomain(`${domain.slice(0, 255)} is neither the name of a domain nor an address in brackets, as [192.0.2.1].`) // prettier-ignore
  return isLocal(name) ? onThisNetwork(name, asking) : inDns(name, asking)
}

const alone = (host: string, addresses: readonly string[]): Candidate => ({ host, preference: 0, addresses })

/** Names that no name server is to be asked for have no MX (RFC 6761 §6.3, RFC 6762 §3). */
async function onThisNetwork(name: string, { witness }: Asking): Promise<Exchangers | Failed> {
  const found = await hostAddresses(name, witness.resolver)
  witness.say(addressWords(name, found))
  if (found.length === 0) return noSuchDomain(`This computer knows no address of ${name}.`)
  return { kind: 'hosts', by: 'domain', hosts: [alone(name, found)], security: 'unproven', remarks: [`${name} is looked up on this computer, not in DNS.`] } // prettier-ignore
}

async function inDns(name: string, asking: Asking): Promise<Exchangers | Failed> {
  const { witness, signal } = asking
  const facts = await readMx(name, witness, signal)
  if (signal.aborted) return dnsSilent(`DNS did not tell of ${name} in time.`)
  if (facts.mx === 'failed') return dnsSilent(silentWords(facts))
  if (facts.mx === 'null') return takesNoMail(`${name} takes no mail: its MX is the null MX (RFC 7505).`)
  const { security = 'unproven', records = [] } = facts
  if (facts.mx === 'none') {
    const [own] = records
    if (!own) return noSuchDomain(await nothingWords(name, asking))
    const remarks = [`${name} has no MX: it is its own mail server (RFC 5321, section 5.1).`]
    return { kind: 'hosts', by: 'domain', hosts: [alone(name, inOrder(own.addresses))], security, remarks }
  }
  return fromRecords(name, records, security, asking)
}

function silentWords({ domain, security }: DomainFacts): string {
  return security === 'bogus'
    ? `DNSSEC shows that the answer for the MX of ${domain} is forged or broken.`
    : `DNS gave no answer for the MX of ${domain}.`
}

async function nothingWords(name: string, { witness }: Asking): Promise<string> {
  const { result } = await witness.ask(name, 'MX')
  return result.outcome === 'not-found'
    ? `The domain ${name} does not exist in DNS.`
    : `${name} has neither MX nor address in DNS: nobody takes its mail.`
}

const problems = {
  address: 'is an address, where only a name may stand',
  'null-among-others': 'is the null MX, which may not stand beside others',
  'not-found': 'does not exist in DNS',
  'no-address': 'has no address in DNS',
  unanswered: 'could not be looked up: DNS gave no answer',
}

/** Why this record leads nowhere; an alias does, although it should not be one. */
function uselessWords({ host, problem }: MxHost): string | undefined {
  if (problem !== undefined && problem !== 'alias') return problems[problem]
  return readHost(host).ok ? undefined : 'is no name that a host can have'
}

function fromRecords(
  name: string,
  records: readonly MxHost[],
  security: Exchangers['security'],
  { random }: Asking,
): Exchangers | Failed {
  const useless = records.flatMap((record) => {
    const words = uselessWords(record)
    return words === undefined ? [] : [{ record, words: `The MX ${record.host} of ${name} ${words}.` }]
  })
  const out = new Set(useless.map(({ record }) => record))
  const hosts = once(
    records
      .filter((record) => !out.has(record))
      .map(({ host, preference, addresses }) => ({
        host: host.toLowerCase(),
        preference,
        addresses: inOrder(addresses),
      })),
  )
  const remarks = useless.map(({ words }) => words).slice(0, mostRemarks)
  if (hosts.length > 0) return { kind: 'hosts', by: 'mx', hosts: byPreference(hosts, random), security, remarks }
  const unanswered = useless.some(({ record }) => record.problem === 'unanswered')
  return (unanswered ? dnsSilent : noWay)(remarks.slice(0, 3).join(' '))
} // prettier-ignore

/** The first, which is the most preferred, of those that a hostile or careless zone names twice. */
const once = (hosts: readonly Candidate[]): Candidate[] =>
  hosts.filter(({ host }, at) => hosts.findIndex((other) => other.host === host) === at)

const inOrder = (addresses: readonly string[]): string[] =>
  inTurn(addresses.filter((address) => isIPv4(address)), addresses.filter((address) => !isIPv4(address))) // prettier-ignore

/** By preference; equal ones in any order, so that they share the load. */
export function byPreference(hosts: readonly Candidate[], random: () => number): Candidate[] {
  const mixed = [...hosts]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.min(at, Math.floor(random() * (at + 1)))
    ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
  }
  return mixed.toSorted((a, b) => a.preference - b.preference)
}

/** Mail that has come here does not go to a host as far from its goal, or further (RFC 5321 §5.1): it would come back. */
function beforeSelf(domain: string, found: Exchangers, port: number, asking: Asking): Exchangers | Failed {
  const self = found.hosts.find((host) => asking.isSelf(host, port))
  if (!self) return found
  const hosts = found.hosts.filter(({ preference }) => preference < self.preference)
  if (hosts.length === 0)
    return loopsBack(`${self.host}, which takes the mail of ${domain}, is this program itself: the message would come back.`) // prettier-ignore
  const words = `${self.host} is this program itself: only hosts that come before it are tried (RFC 5321, section 5.1).`
  return { ...found, hosts, remarks: [...found.remarks, words] }
}
