/** Owns: the transcript of a look for a way that found none: what was asked and answered, and what was made of it. */
import type { EventBody } from '#shared/transcript/event.ts'
import type { Hub } from '../../transcripts/types.ts'

export interface NoWay {
  /** The domain, or the host that a person named for it, and the port that would have been dialled. */
  host: string
  port: number
  domain: string
  events: readonly EventBody[]
  words: string
}

/** Answers with its session; undefined when no session can begin, because the program is stopping. */
export function recordNoWay(
  hub: Pick<Hub, 'begin'>,
  { host, port, domain, events, words }: NoWay,
): string | undefined {
  const head = { source: 'relay', role: 'client', host, port, tls: 'opportunistic' } as const
  try {
    const recorder = hub.begin({ ...head, title: `To ${domain}: no way was found` })
    for (const event of events) recorder.write(event)
    recorder.write({ kind: 'end', phase: 'dns', direction: 'none', outcome: 'failed', by: 'network', message: words }) // prettier-ignore
    return recorder.session
  } catch {
    return undefined
  }
}
