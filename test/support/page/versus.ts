/** Owns: a comparison as the page gets it, for tests of its parts. */
import { VersusRequest, type VersusResult, type VersusSide } from '#shared/rpc/contract/versus.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

export const versusSide = (change: Partial<VersusSide> = {}): VersusSide => ({
  session: 's1', outcome: 'completed', messages: 1, connections: 1, handshakes: 1, roundTrips: 12, turns: 12,
  trips: [], octetsOut: 2246, octetsIn: 3983, took: 660_000, first: 660_000, ...change,
}) // prettier-ignore

export function versusResult(change: Partial<VersusResult> = {}): VersusResult {
  const { message: _, ...plan } = VersusRequest.parse({ message: { from: 'a@b.test', to: [] } })
  const http = versusSide({ session: 's2', roundTrips: 3, turns: 3, took: 150_000, first: 150_000 })
  return { plan, smtp: versusSide(), http, sentence: 'SMTP waited for 12. HTTP was earlier.', ...change }
}

/** A connection, one request, one answer. */
export const versusEvents = (session: string): TranscriptEvent[] => [
  { session, seq: 1, at: 100, kind: 'connect', phase: 'tcp', direction: 'none', address: '127.0.0.1', port: 1, family: 4, took: 100, outcome: 'connected' },
  { session, seq: 2, at: 200, kind: 'line', phase: 'data', direction: 'to-server', raw: 'POST /x HTTP/1.1\r\n\r\n', verb: 'POST' },
  { session, seq: 3, at: 90_000, kind: 'reply', phase: 'body', direction: 'to-client', raw: 'HTTP/1.1 200 OK\r\n\r\n', code: 200 },
  { session, seq: 4, at: 90_100, kind: 'end', phase: 'other', direction: 'none', outcome: 'completed', by: 'client', message: 'Done.' },
] // prettier-ignore
