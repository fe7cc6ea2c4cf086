/**
 * Owns: one cell of the matrix: one port of one address, with as few sessions as will do. One is enough unless the mode
 * has to be found out and is implicit TLS, or the server turns us away because we are too many: then again, alone.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { TlsMode } from '#shared/transcript/event.ts'
import type { AskedMode, PortMode } from '#shared/rpc/contract/probe.ts'
import type { Done, Lanes } from './lanes.ts'
import { runPortSession, type Place, type Ran, type SessionDeps, type Settings } from './portSession.ts'
import { turnedAway, type TurnedAway } from './turnedAway.ts'

export interface Cell extends Place {
  asked: AskedMode
}

export interface Earlier {
  session: string
  why: 'trial' | 'turned-away'
}

export interface CellRun {
  cell: Cell
  ran: Ran
  mode: PortMode
  earlier: Earlier[]
  /** The server has a limit: how it showed, and in which session. */
  limit?: (TurnedAway & { session: string; lifted: boolean }) | undefined
}

export interface CellDeps extends SessionDeps {
  settings: Settings
  lanes: Lanes
  signal: AbortSignal
  /** Told when a connection of the cell begins and ends. */
  onActive(place: Place, active: boolean): void
  /** Milliseconds before a connection that was turned away is made again, alone. */
  pauses?: readonly number[] | undefined
}

const tlsModes: Record<AskedMode, TlsMode> = {
  plain: 'none',
  starttls: 'starttls',
  implicit: 'implicit',
  auto: 'opportunistic',
}

/** Between mail servers TLS is used where it is offered (RFC 7435): on port 25 that it is missing ends no session. */
const tlsOf = ({ asked, port }: Cell): TlsMode =>
  asked === 'starttls' && port === 25 ? 'opportunistic' : tlsModes[asked]

/** Rates are counted by the second or by the minute; nobody waits for the latter in front of a screen. */
const defaultPauses = [300, 2000]

/** Undefined when the probe was cancelled before its turn came. Never rejects. */
export async function probeCell(cell: Cell, deps: CellDeps): Promise<CellRun | undefined> {
  const { value: first, shared } = await inLane(cell, deps, false)
  if (!first) return undefined
  const away = turnedAway(first.ran.events, shared)
  if (!away || deps.signal.aborted) return { cell, ...first }
  deps.lanes.slow(cell.address.address)
  return again(cell, deps, first, away)
}

type Once = Pick<CellRun, 'ran' | 'mode' | 'earlier'>

async function again(cell: Cell, deps: CellDeps, before: Once, away: TurnedAway): Promise<CellRun> {
  const session = before.ran.session
  const earlier: Earlier[] = []
  let last = before
  for (const ms of deps.pauses ?? defaultPauses) {
    await pause(ms, undefined, { signal: deps.signal }).catch(() => {})
    const next = (await inLane(cell, deps, true)).value
    if (!next) break
    earlier.push(...last.earlier, { session: last.ran.session, why: 'turned-away' })
    last = next
    const still = turnedAway(last.ran.events, false)
    if (!still && worked(last.ran))
      return { cell, ...last, earlier, limit: { ...away, session, lifted: true } }
    // Alone it ends the same way and without a word: that is what this port does, and no limit.
    if (!still || away.words === undefined) break
  }
  const limit = away.named ? { ...away, session, lifted: false } : undefined
  return { cell, ...last, earlier: [...earlier, ...last.earlier], limit }
}

const worked = ({ events }: Ran): boolean =>
  events.some(
    (event) =>
      (event.kind === 'reply' && event.phase === 'banner') ||
      (event.kind === 'tls' && event.outcome === 'established'),
  )

function inLane(cell: Cell, deps: CellDeps, alone: boolean): Promise<Done<Once | undefined>> {
  const run = async (): Promise<Once | undefined> => {
    if (deps.signal.aborted) return undefined
    deps.onActive(cell, true)
    try {
      return await converse(cell, deps)
    } finally {
      deps.onActive(cell, false)
    }
  }
  return deps.lanes.run({ address: cell.address.address, alone, run })
}

async function converse(cell: Cell, deps: CellDeps): Promise<Once> {
  const run = (tls: TlsMode): Promise<Ran> => runPortSession(cell, tls, deps.settings, deps, deps.signal)
  const ran = await run(tlsOf(cell))
  if (cell.asked !== 'auto') return { ran, mode: cell.asked, earlier: [] }
  const speaksTls = ran.journal.findings().some(({ code }) => code === 'port-speaks-implicit-tls')
  if (speaksTls && !deps.signal.aborted)
    return { ran: await run('implicit'), mode: 'implicit', earlier: [{ session: ran.session, why: 'trial' }] }
  const upgraded = ran.events.some((event) => event.kind === 'tls')
  return { ran, mode: upgraded ? 'starttls' : 'plain', earlier: [] }
}
