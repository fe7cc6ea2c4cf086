/** Owns: sending the messages by the HTTP API: a connection for each, or all on one. */
import type { VersusPlan } from '#shared/rpc/contract/versus.ts'
import { Journal } from '../dialogue/journal.ts'
import { HttpClient, type HttpTarget } from '../httpApi/httpClient.ts'
import type { ApiRequest } from '../httpApi/requestOf.ts'
import { secretsOf } from '../httpApi/sendHttp.ts'
import type { Clock } from '../ports.ts'
import type { Hub } from '../transcripts/types.ts'
import type { Measure } from './measure.ts'

export interface HttpWay {
  hub: Pick<Hub, 'begin'>
  clock: Clock
  plan: VersusPlan['http']
  messages: number
  request: ApiRequest
  port: number
  ca: string
  key: string
  measure: Measure
  signal: AbortSignal
  told(): void
}

/** Resolves with why it failed, in words, or null. Never rejects for what a connection does. */
export async function sendByHttp(way: HttpWay): Promise<string | null> {
  const perConnection = way.plan.reuse ? way.messages : 1
  while (way.measure.messages < way.messages) {
    const problem = await oneConnection(way, Math.min(perConnection, way.messages - way.measure.messages))
    if (way.signal.aborted) return 'Cancelled.'
    if (problem !== null) return problem
  }
  return null
}

async function oneConnection(way: HttpWay, messages: number): Promise<string | null> {
  const { hub, plan, port, ca, key, measure, signal } = way
  const target: HttpTarget = {
    host: '127.0.0.1',
    port,
    tls: plan.tls,
    base: '',
    certificate: 'check',
    ca,
    timeout: 30_000,
  }
  const recorder = hub.begin({ source: 'send', role: 'client', host: target.host, port, tls: plan.tls ? 'implicit' : 'none', protocol: 'http', title: 'SMTP or HTTP?' }) // prettier-ignore
  measure.begins(recorder.session)
  for (const secret of secretsOf(key)) recorder.conceal(secret)
  const journal = new Journal(recorder)
  const problem = await requests(way, target, journal, messages)
  const cancelled = signal.aborted
  journal.write({
    kind: 'end', phase: 'other', direction: 'none',
    outcome: cancelled ? 'cancelled' : problem === null ? 'completed' : 'failed',
    by: cancelled ? 'person' : problem === null ? 'client' : 'network',
    message: cancelled ? 'Cancelled.' : (problem ?? `Every message was accepted, ${messages} on this connection.`),
  }) // prettier-ignore
  return problem
}

async function requests(
  way: HttpWay,
  target: HttpTarget,
  journal: Journal,
  messages: number,
): Promise<string | null> {
  const { clock, request, measure, signal } = way
  const client = await HttpClient.open(target, { journal, now: () => clock.now(), signal })
  if (!(client instanceof HttpClient)) return client.message
  try {
    for (let n = 1; n <= messages; n++) {
      const answer = await client.send(request, n === messages)
      if (!answer.ok) return answer.message
      if (answer.status !== 200) return `The API answered ${answer.status}.`
      measure.taken()
      way.told()
      if (!answer.keeps)
        return n === messages ? null : 'The server closed the connection between two messages.'
    }
    return null
  } finally {
    client.close()
  }
}
