/**
 * Owns: `relayscope versus`: the same message by SMTP and by an HTTP API, both to servers of this computer, over a line
 * with a simulated distance; as text, or with --json the contract's VersusResult (shared/rpc/contract/versus.ts).
 *
 * Status 0: both ways got to their end; 1: one did not; 2: what was given cannot be used; 3: cancelled.
 */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { VersusResult, VersusSide } from '#shared/rpc/contract/versus.ts'
import { octetsInWords, shortTime } from '#shared/transcript/measure.ts'
import { type ExitStatus, exitStatus, type Io, json, onCancel, sayProblems, type WithEngine } from '../io.ts'
import { table } from '../table.ts'

export interface VersusOptions {
  messages: number
  rtt: number
  pipelining: 'on' | 'off'
  reuse: boolean
  tls: 'none' | 'starttls' | 'implicit'
  tlsVersion: '1.2' | '1.3'
  api: 'form' | 'json'
  plainHttp: boolean
  json: boolean
  data?: string
}

/** Options as the contract wants them; numbers out of range are refused by it, by name. */
function requestOf(options: VersusOptions): CallInput<'versus.start'> {
  const { messages, rtt, pipelining, reuse, tls, tlsVersion, api, plainHttp } = options
  return {
    message: { from: 'anna@example.com', to: ['bob@example.org'], subject: 'The same message, both ways', text: 'One message, sent by SMTP and by an HTTP API.\n' },
    messages,
    roundTrip: rtt,
    smtp: { pipelining: pipelining === 'on', tls, tlsVersion, reuse },
    http: { api, tls: !plainHttp, tlsVersion, reuse },
  } // prettier-ignore
}

export async function versus(options: VersusOptions, io: Io, withEngine: WithEngine): Promise<ExitStatus> {
  return withEngine(options.data ?? null, async (client) => {
    const started = await client.call('versus.start', requestOf(options))
    if (!started.ok) {
      sayProblems(io, started.problems)
      return exitStatus.usage
    }
    const { id } = started
    onCancel(io, () => void client.call('versus.cancel', { id }).catch(() => undefined))
    const result = await client.call('versus.result', { id })
    io.out(options.json ? json(result) : `${versusText(result)}\n`)
    if (io.cancel.aborted) return exitStatus.cancelled
    const done = result.smtp.outcome === 'completed' && result.http.outcome === 'completed'
    return done ? exitStatus.ok : exitStatus.findings
  })
}

const trips = (name: string, side: VersusSide): string =>
  `${name}: ${side.trips.map(({ what, times }) => (times > 1 ? `${what} (${times})` : what)).join(' | ')}`

function versusText(result: VersusResult): string {
  const { smtp, http, sentence } = result
  const row = (name: string, of: (side: VersusSide) => string | number): string[] => [
    name,
    String(of(smtp)),
    String(of(http)),
  ]
  const lines = table([
    ['', 'SMTP', 'HTTP'],
    row('Round trips', ({ roundTrips }) => roundTrips),
    row('Line turned', ({ turns }) => turns),
    row('Connections', ({ connections }) => connections),
    row('TLS handshakes', ({ handshakes }) => handshakes),
    row('Sent', ({ octetsOut }) => octetsInWords(octetsOut)),
    row('Received', ({ octetsIn }) => octetsInWords(octetsIn)),
    row('First message after', ({ first }) => (first === undefined ? 'never' : shortTime(first))),
    row('All after', ({ took }) => shortTime(took)),
  ])
  return [sentence, '', ...lines, '', trips('SMTP waited for', smtp), trips('HTTP waited for', http)].join(
    '\n',
  )
}
