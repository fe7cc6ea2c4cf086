/**
 * Owns: the addresses of a host for a probe, asked for once however many ports there are, in a dialogue of its own:
 * which of them are tried, which are left out, and why there are none.
 */
import { diagnoseConnection } from '#shared/diagnosis/connect.ts'
import type { Finding } from '#shared/diagnosis/finding.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { addressLiteral, type Address, type Lookup, resolveHost } from '#engine/dialogue/resolve.ts'
import type { Hub } from '#engine/transcripts/types.ts'

export interface LookUpDeps {
  hub: Pick<Hub, 'begin'>
  lookup?: Lookup | undefined
  family: 0 | 4 | 6
  /** Milliseconds. */
  timeout: number
  signal: AbortSignal
  /** The chosen name server, for words. */
  resolver?: string | undefined
  /** The mail domain whose MX record names the host. */
  mxOf?: string | undefined
}

export interface LookedUp {
  host: string
  addresses: readonly Address[]
  /** Found as well and not tried: there are too many. */
  left: readonly string[]
  /** Absent for an address, which nobody is asked for. */
  session?: string | undefined
  /** Microseconds for the answer that was waited for longest. */
  took?: number | undefined
  /** Why there is no address. */
  findings: readonly Finding[]
}

/** Never rejects. */
export async function lookUp(host: string, deps: LookUpDeps): Promise<LookedUp> {
  const literal = addressLiteral(host)
  if (literal) return { host, addresses: [literal], left: [], findings: [] }
  const recorder = deps.hub.begin({
    source: 'probe',
    role: 'client',
    host,
    port: 0,
    tls: 'none',
    title: 'Name look-up',
  })
  const journal = new Journal(recorder)
  const { family, timeout, signal, lookup } = deps
  const addresses = await resolveHost({ host, family, timeout, journal, signal, lookup })
  const resolves = journal.events.filter((event) => event.kind === 'resolve')
  const found = resolves.flatMap((event) => (family === 0 || event.family === family ? event.addresses : []))
  const tried = new Set(addresses.map(({ address }) => address))
  // Of the family that was not asked for.
  const hasOther = resolves.some((event) => event.addresses.length > 0)
  if (addresses.length === 0 && !signal.aborted)
    for (const finding of diagnoseConnection(journal.events)) {
      const answered = resolves.some(({ fault }) => fault?.code === 'EREFUSED' || fault?.code === 'ESERVFAIL')
      const told = named(finding, deps.resolver, answered)
      journal.find(deps.mxOf === undefined || hasOther ? told : forMx(told, host, deps.mxOf))
    }
  writeEnd(journal, signal.aborted && addresses.length === 0, addresses.length)
  return {
    host,
    addresses,
    left: [...new Set(found.map(({ address }) => address))].filter((address) => !tried.has(address)),
    session: journal.session,
    took: Math.max(0, ...resolves.map((event) => event.took)),
    findings: journal.findings(),
  }
}

/** A name server of the user's choice that is silent is that choice's fault, perhaps, and not the network's. */
function named(finding: Finding, resolver: string | undefined, answered: boolean): Finding {
  if (resolver === undefined || (finding.code !== 'dns-timeout' && finding.code !== 'dns-server-failure'))
    return finding
  return {
    ...finding,
    message: finding.message.replace('The name server', `The name server ${resolver}`),
    next: answered
      ? finding.next
      : `Check that a name server answers at ${resolver}, or leave the choice to this computer. ${finding.next}`,
  }
}

/** Nobody typed the name of an MX: its record is wrong, or its host has lost its address. */
function forMx(finding: Finding, host: string, domain: string): Finding {
  if (finding.code !== 'dns-name-not-found' && finding.code !== 'dns-no-address') return finding
  return {
    ...finding,
    side: 'server',
    next: `Who runs ${domain} has to give ${host} an address, or to take it out of the MX records: senders try it in vain.`,
  }
}

function writeEnd(journal: Journal, cancelled: boolean, found: number): void {
  const message = cancelled
    ? 'Cancelled.'
    : found === 0
      ? (journal.findings()[0]?.message ?? 'No address was found.')
      : `${found === 1 ? '1 address is' : `${found} addresses are`} tried.`
  journal.write({
    kind: 'end',
    phase: 'other',
    direction: 'none',
    outcome: cancelled ? 'cancelled' : found > 0 ? 'completed' : 'failed',
    by: cancelled ? 'person' : found > 0 ? 'client' : 'network',
    message,
  })
}

/** What was left out, in a sentence; undefined when nothing was. */
export function leftOut({ host, addresses, left }: LookedUp): string | undefined {
  if (left.length === 0) return undefined
  const shown = left.slice(0, 20).join(', ')
  const more = left.length > 20 ? ` and ${left.length - 20} more` : ''
  const tried = addresses.map(({ address }) => address).join(', ')
  return `${host} has ${addresses.length + left.length} addresses; ${addresses.length} are tried (${tried}), ${left.length} are not (${shown}${more}): probe one of those by its address.`
}
