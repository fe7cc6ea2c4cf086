/**
 * Owns: the TLS scan of one cell: when it makes sense, carrying it out, and its dialogue: one line for each version, so
 * that what is said of it can be proved.
 */
import { cipherSuiteName } from '#shared/tls/cipherSuites.ts'
import { groupName } from '#shared/tls/groups.ts'
import { chainOrder } from '#shared/tls/certificateFacts.ts'
import type { TlsScan as ScanFacts } from '#shared/diagnosis/facts.ts'
import type { TlsFacts, VersionFacts } from '#shared/tls/scan/types.ts'
import { isOldVersion, versionWords } from '#shared/tls/versions.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { literalName } from '#engine/dialogue/options.ts'
import { addressLiteral } from '#engine/dialogue/resolve.ts'
import { scanTls, type TlsScan } from '#engine/tlsScan/scanTls.ts'
import type { NotReached } from '#engine/tlsScan/exchange.ts'
import type { CellRun } from './cell.ts'
import { limitsOf, type SessionDeps, type Settings } from './portSession.ts'

export interface Scanned {
  session: string
  scan: TlsScan
  /** Versions of which the scan knows whether they are accepted. */
  known: readonly VersionFacts[]
  facts: ScanFacts
}

type Mode = 'starttls' | 'implicit'

/** How a cell can be scanned; undefined when no TLS was in sight there. */
export function scanMode({ ran, mode }: CellRun): Mode | undefined {
  const { events, journal } = ran
  const codes = new Set(journal.findings().map(({ code }) => code))
  if (codes.has('port-speaks-implicit-tls')) return 'implicit'
  if (codes.has('port-speaks-plain') || codes.has('banner-not-smtp')) return undefined
  const connected = events.some((event) => event.kind === 'connect' && event.outcome === 'connected')
  if (mode === 'implicit') return connected && !codes.has('tls-timeout') ? 'implicit' : undefined
  // Offered, or asked for all the same: the 220 says that the server is ready.
  const ready = events.some(
    (event) => event.kind === 'reply' && event.phase === 'starttls' && event.code === 220,
  )
  return ready ? 'starttls' : undefined
}

export interface ScanDeps extends SessionDeps {
  settings: Settings
  signal: AbortSignal
  /** Connections at once. */
  width: number
  onProgress(connections: number): void
}

/** Never rejects. */
export async function scanCell(run: CellRun, mode: Mode, deps: ScanDeps): Promise<Scanned> {
  const { host, port, address } = run.cell
  const { events, end } = run.ran
  const local = events.find((event) => event.kind === 'connect')?.local?.address ?? end.address ?? ''
  const recorder = deps.hub.begin({
    source: 'probe',
    role: 'client',
    host,
    port,
    tls: mode,
    title: 'TLS scan',
  })
  const journal = new Journal(recorder)
  // One limit for all that a scan's connections wait for: the longest, so that no slow phase is taken for a no.
  const { connect, greeting, reply, tls } = limitsOf(deps.settings)
  const scan = await scanTls({
    target: {
      address: address.address,
      port,
      mode,
      ehloName: literalName(local),
      timeout: Math.max(connect, greeting, reply, tls),
    },
    serverName: addressLiteral(host) ? undefined : host,
    width: deps.width,
    signal: deps.signal,
    onProgress: ({ asks }) => deps.onProgress(asks),
  })
  const known = scan.facts.versions.filter((version) => isKnown(version, scan))
  const evidence = record(journal, scan, known, deps.signal.aborted)
  const facts = factsOf(run, scan, known, { session: journal.session, events: evidence })
  return { session: journal.session, scan, known, facts }
}

/** What a server no longer answered, or was not asked, is not a no. */
function isKnown({ suites, refusal }: VersionFacts, { stopped, facts }: TlsScan): boolean {
  if (suites.length > 0) return true
  if (stopped !== undefined || refusal === undefined) return false
  return !facts.doubtful || !['closed', 'reset', 'silent'].includes(refusal)
}

function factsOf(
  run: CellRun,
  { facts }: TlsScan,
  known: readonly VersionFacts[],
  proof: ScanFacts['proof'],
): ScanFacts {
  const { host, port } = run.cell
  const accepted = known.filter(({ suites }) => suites.length > 0)
  const { withoutName } = facts
  return {
    host,
    port,
    versions: Object.fromEntries(known.map(({ version, suites }) => [version, suites.length > 0])),
    suites: Object.fromEntries(accepted.map(({ version, suites }) => [version, suites])),
    ...(accepted.length > 0 ? { withSni: true } : {}),
    ...(withoutName === 'unknown' ? {} : { withoutSni: withoutName !== 'refused' }),
    disordered: facts.chains.some((chain) => chainOrder(chain)?.ordered === false),
    failedHere: run.ran.events.some(foundNothingCommon),
    proof,
  }
}

const commonFaults = new Set([
  'no-common-version',
  'no-common-cipher',
  'alert-handshake_failure',
  'alert-protocol_version',
  'alert-insufficient_security',
])

const foundNothingCommon = (event: TranscriptEvent): boolean =>
  event.kind === 'tls' && event.outcome === 'failed' && commonFaults.has(event.fault?.code ?? '')

/** Numbers of the events that hold what was found. */
function record(
  journal: Journal,
  scan: TlsScan,
  known: readonly VersionFacts[],
  cancelled: boolean,
): number[] {
  const lines = [...known.map((version) => versionLine(version, scan.facts)), ...remarksOf(scan)]
  const evidence = lines.flatMap((text) => {
    const event = journal.write({ kind: 'remark', phase: 'tls', direction: 'none', text, understood: true })
    return event ? [event.seq] : []
  })
  const accepted = known.filter(({ suites }) => suites.length > 0).map(({ version }) => versionWords(version))
  const found = accepted.length > 0 ? `${accepted.join(', ')} accepted` : 'no version is known to be accepted'
  journal.write({
    kind: 'end',
    phase: 'other',
    direction: 'none',
    outcome: cancelled ? 'cancelled' : scan.stopped ? 'failed' : 'completed',
    by: cancelled ? 'person' : scan.stopped ? 'server' : 'client',
    message: cancelled ? 'Cancelled.' : `${scan.connections} connections: ${found}.`,
  })
  return evidence
}

const orders = {
  server: 'in the server’s order',
  client: 'in the client’s order',
  mixed: 'in an order that depends',
  one: 'one suite',
} as const

function versionLine({ version, suites, order, refusal }: VersionFacts, { groups }: TlsFacts): string {
  const name = versionWords(version)
  if (suites.length === 0) return `${name}: not accepted (${refusal ?? 'no answer'})`
  const list = suites.slice(0, 100).map(cipherSuiteName).join(', ')
  const own = groups.find((row) => row.version === version)?.groups ?? []
  const key = own.length > 0 ? `; groups: ${own.slice(0, 40).map(groupName).join(', ')}` : ''
  return `${name}: accepted, ${orders[order]}: ${list}${key}${isOldVersion(version) ? '; out of use' : ''}`
}

const withoutNames = {
  same: 'Without a server name (SNI): the same certificate.',
  other: 'Without a server name (SNI): another certificate.',
  refused: 'Without a server name (SNI): refused.',
} as const

function remarksOf({ facts, limited, stopped }: TlsScan): string[] {
  return [
    ...(facts.withoutName === 'unknown' ? [] : [withoutNames[facts.withoutName]]),
    ...(facts.doubtful
      ? ['The server stopped answering what it had answered before: more may be accepted.']
      : []),
    ...(limited ? [`Turned away in between: ${reachWords(limited)}.`] : []),
    ...(stopped ? [`Ended early: ${reachWords(stopped)}.`] : []),
  ]
}

/** As `at the greeting: 421 4.7.0 Too many connections`. */
export function reachWords({ step, why, reply }: NotReached): string {
  const where = {
    connect: 'connecting',
    banner: 'at the greeting',
    ehlo: 'at EHLO',
    starttls: 'at STARTTLS',
  }[step]
  return `${where}: ${reply ?? why}`
}
