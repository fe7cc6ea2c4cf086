/**
 * Owns: the relay trials of a probe: at each cell that greeted one connection more, on which MAIL and RCPT are asked
 * without signing in, then RSET and QUIT. DATA is never said, so nothing can be delivered.
 */
import type { RelayTrial } from '#shared/diagnosis/facts.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import type { CellRun } from './cell.ts'
import type { Lanes } from './lanes.ts'
import { placeName, type Ran, runPortSession, type SessionDeps, type Settings } from './portSession.ts'
import type { Progress } from './progress.ts'
import type { RelayAsk } from './relayAsk.ts'

export interface RelayTried {
  run: CellRun
  session: string
  /** What became of the recipient; `unanswered`: it was not asked for, or there was no answer. */
  answer: 'taken' | 'refused' | 'unanswered'
  facts: RelayTrial
}

export interface RelayDeps extends SessionDeps {
  settings: Settings
  lanes: Pick<Lanes, 'run'>
  signal: AbortSignal
  progress: Progress
}

/** Every cell by itself: what an address of IPv6 relays for strangers, one of IPv4 may refuse. Never rejects. */
export async function relayRuns(
  runs: readonly CellRun[],
  ask: RelayAsk,
  deps: RelayDeps,
): Promise<RelayTried[]> {
  const wanted = runs.flatMap((run) => {
    const tls = relayMode(run)
    return tls === undefined ? [] : [{ run, tls }]
  })
  deps.progress.stage('relay-trial', wanted.length)
  const tried = await Promise.all(wanted.map(({ run, tls }) => tryOne(run, tls, ask, deps)))
  return tried.filter((one) => one !== undefined)
}

/** As protected as the ordinary session came to be; undefined where that one was not greeted. */
export function relayMode({ ran, mode }: Pick<CellRun, 'ran' | 'mode'>): TlsMode | undefined {
  const greeted = ran.events.some(
    (event) => event.kind === 'reply' && event.phase === 'banner' && event.code === 220,
  )
  if (!greeted) return undefined
  if (mode === 'implicit') return 'implicit'
  const sealed = ran.events.some((event) => event.kind === 'tls' && event.outcome === 'established')
  return sealed ? 'starttls' : 'none'
}

async function tryOne(
  run: CellRun,
  tls: TlsMode,
  ask: RelayAsk,
  { lanes, settings, signal, progress, ...deps }: RelayDeps,
): Promise<RelayTried | undefined> {
  const { cell } = run
  const name = placeName(cell)
  const { value: ran } = await lanes.run({
    address: cell.address.address,
    run: async () => {
      if (signal.aborted) return undefined
      progress.active(name, true)
      try {
        return await runPortSession(cell, tls, settings, deps, signal, ask)
      } finally {
        progress.active(name, false)
        progress.step()
      }
    },
  })
  if (!ran) return undefined
  const session = { id: ran.session, head: ran.head, events: ran.events }
  return {
    run,
    session: ran.session,
    answer: answerOf(ran),
    facts: { session, foreignDomains: [ask.domain] },
  }
}

function answerOf({ end }: Ran): RelayTried['answer'] {
  const { mail, recipients } = end.machine?.result() ?? {}
  const code = recipients?.[0]?.reply?.code ?? mail?.code ?? 0
  if (code >= 400) return 'refused'
  return recipients?.[0]?.reply ? 'taken' : 'unanswered'
}

/** What came of all of them in one sentence: that nothing was found is an answer only where something was asked. */
export function relayRemark(tried: readonly RelayTried[], { to }: RelayAsk): string {
  if (tried.length === 0) return `Relaying to ${to} could not be tried: no server greeted.`
  const words = { taken: 'taken', refused: 'refused', unanswered: 'not answered' } as const
  const counts = (['taken', 'refused', 'unanswered'] as const).flatMap((answer) => {
    const places = tried.filter((one) => one.answer === answer).map(({ run }) => placeName(run.cell))
    return places.length === 0 ? [] : [`${words[answer]} at ${some(places)}`]
  })
  return `Relaying to ${to} was asked for without signing in, up to RCPT: ${counts.join('; ')}.`
}

const mostNamed = 6
const some = (places: readonly string[]): string =>
  places.length <= mostNamed
    ? places.join(', ')
    : `${places.slice(0, mostNamed).join(', ')} and ${places.length - mostNamed} more`
