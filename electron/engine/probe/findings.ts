/**
 * Owns: from what a probe collected to the findings that only several dialogues show. Rules about a host are asked for
 * each host by itself: two MX of a domain are two machines.
 */
import { readAttempts } from '#shared/diagnosis/attempt.ts'
import type { Attempt, ProbeFacts, ProbeFinding, RelayTrial } from '#shared/diagnosis/facts.ts'
import { diagnoseProbe } from '#shared/diagnosis/probe.ts'
import { finding } from '#shared/diagnosis/finding.ts'
import type { CellRun } from './cell.ts'
import { reachWords, type Scanned } from './scanCell.ts'

export interface Collected {
  host: string
  runs: readonly CellRun[]
  scans: readonly Scanned[]
  controls: readonly Attempt[]
  relayTrials?: readonly RelayTrial[] | undefined
}

/** About a domain or about the probe as a whole, whatever the number of hosts. */
const ofTheWhole = new Set(['mx-null', 'mx-missing', 'mx-not-used-port-25', 'mx-invalid', 'ptr-missing', 'tls-reporting-broken', 'mta-sts-ok', 'mta-sts-mismatch', 'mta-sts-broken', 'recommended-port']) // prettier-ignore

/** What the sessions show, for shared/diagnosis. */
export const factsOf = ({ host, runs, scans, controls, relayTrials }: Collected): ProbeFacts => ({
  host,
  attempts: runs.flatMap(({ ran }) => readAttempts({ id: ran.session, head: ran.head, events: ran.events })),
  controls,
  scans: scans.map(({ facts }) => facts),
  relayTrials,
})

export function findingsOf(
  { runs, scans }: Pick<Collected, 'runs' | 'scans'>,
  facts: ProbeFacts,
): ProbeFinding[] {
  const hosts = [...new Set(runs.map(({ cell }) => cell.host))]
  const whole = diagnoseProbe(facts)
  const limits = runs.flatMap(limitFinding)
  const slowed = scans.flatMap(scanFinding)
  if (hosts.length < 2) return [...whole, ...limits, ...slowed]
  const each = hosts.flatMap((host) =>
    diagnoseProbe({
      host,
      domain: facts.domain,
      attempts: facts.attempts.filter((one) => one.host === host),
      controls: facts.controls,
      scans: facts.scans?.filter((one) => one.host === host),
      dane: facts.dane?.filter((one) => one.host === host),
      relayTrials: facts.relayTrials?.filter(({ session }) => session.head.host === host),
    }),
  )
  return [
    ...whole.filter(({ code }) => ofTheWhole.has(code)),
    ...each.filter(({ code }) => !ofTheWhole.has(code)),
    ...limits,
    ...slowed,
  ]
}

function limitFinding({ cell, limit }: CellRun): ProbeFinding[] {
  if (!limit) return []
  const { host, address, port } = cell
  const said = limit.words === undefined ? 'without a word, while others were open' : `(“${limit.words}”)`
  const after = limit.lifted
    ? 'asked again alone, it answered: the port is open, and what is said of it here holds'
    : 'it did so again when it was asked alone: the port is open, but more than that could not be learnt now'
  return [
    {
      ...finding('rate-limited', {
        side: 'server',
        confidence: limit.named ? 'certain' : 'likely',
        phase: 'banner',
        evidence: limit.evidence,
        message: `${host} (${address.address}) turned a connection to port ${port} away ${said}; ${after}.`,
        next: limit.lifted
          ? 'Nothing need be done: the rest of this host was asked one port after the other.'
          : 'Wait some minutes and try again, with fewer ports at once.',
        references: ['RFC 5321 §4.2.3'],
      }),
      proof: [{ session: limit.session, events: limit.evidence }],
    },
  ]
}

/** A scan needs some tens of connections: that a server objects says nothing against it, and has to be known. */
function scanFinding({ session, scan, facts }: Scanned): ProbeFinding[] {
  const { limited, stopped } = scan
  const why = stopped ?? limited
  if (!why || why.why === 'cancelled' || facts.proof.events.length === 0) return []
  return [
    {
      ...finding('rate-limited', {
        side: 'server',
        confidence: 'certain',
        phase: 'tls',
        severity: 'info',
        evidence: facts.proof.events,
        message: `${facts.host} port ${facts.port} turned connections of the TLS scan away (${reachWords(why)}): ${stopped ? 'it was ended, and what it lacks is unknown' : 'it went on more slowly and came to its end'}.`,
        next: stopped ? 'Repeat the scan later, for this port alone.' : 'Nothing need be done.',
      }),
      proof: [{ session, events: [...facts.proof.events] }],
    },
  ]
}
