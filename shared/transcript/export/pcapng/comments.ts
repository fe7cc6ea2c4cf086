/** Owns: what is said beside packets: findings, waits, TLS, changes by a person; and the words over the whole file. */
import { describe } from '../../describe.ts'
import type { EventOf, SessionSummary, TranscriptEvent } from '../../event.ts'
import { byHand } from '../../shown.ts'
import { headLine } from '../../text.ts'
import { stepping } from '../pauses.ts'
import { isSpoken } from './wireOctets.ts'

/** Comments beside one packet; what is more is in the other formats. */
const mostBeside = 20

/** Over the section: what a reader has to know before believing a packet. */
export const sectionComments = (head: SessionSummary): string[] => [
  headLine(head),
  'Written from a recorded SMTP dialogue, not captured. Lines, their octets, order and times are as recorded; IP and TCP headers are made for them. What travelled inside TLS is written in clear: the ends knew it. Secrets are eight asterisks.',
]

/** On the handshake that begins the part inside TLS. */
export function sealedWords(tls: EventOf<'tls'> | undefined): string {
  const what = tls === undefined ? '' : ` ${describe(tls)}.`
  return `The same connection goes on inside TLS.${what} Its octets are written in clear, as a TCP connection of their own, because a reader expects TLS records after STARTTLS. This handshake never took place.`
}

/** What is said about one event; null when its packets say it all. */
function remark(event: TranscriptEvent): string | null {
  if (event.kind === 'line' || event.kind === 'reply') return lineRemark(event)
  if (event.kind === 'chunk') {
    return event.raw === undefined && event.size > 0 ? 'The content is not in this file; its size is.' : null
  }
  return event.kind === 'connect' || event.kind === 'end' ? null : describe(event)
}

function lineRemark({ edited, added, cutFrom }: EventOf<'line' | 'reply'>): string | null {
  const changes = { '': '', changed: 'Changed by a person before it was sent.', added: 'Added by a person.' }
  const changed = changes[byHand({ edited, added })]
  const cut = cutFrom === undefined ? '' : `Only the first octets of ${cutFrom} were kept.`
  return [changed, cut].filter((part) => part !== '').join(' ') || null
}

/**
 * For each event that becomes packets, what is said beside its first one, by sequence number. A finding stands beside
 * the first event that proves it; what has no packet of its own, beside the next that has one, or else the last.
 */
export function* commentsBySeq(events: readonly TranscriptEvent[]): Generator<void, Map<number, string[]>> {
  const carriers = new Set<number>()
  yield* stepping(events, (event) => {
    if (carries(event)) carriers.add(event.seq)
  })
  const beside = new Map<number, string[]>()
  let waiting: string[] = []
  let last = 0
  yield* stepping(events, (event) => {
    if (carriers.has(event.seq)) {
      add(beside, event.seq, waiting)
      waiting = []
      last = event.seq
    }
    const words = remark(event)
    if (words === null) return
    const proof = event.kind === 'finding' ? event.evidence.find((seq) => carriers.has(seq)) : undefined
    if (proof !== undefined) add(beside, proof, [words])
    else if (carriers.has(event.seq)) add(beside, event.seq, [words])
    else if (waiting.length < mostBeside) waiting.push(words)
  })
  if (last > 0) add(beside, last, waiting)
  return beside
}

const carries = (event: TranscriptEvent): boolean =>
  isSpoken(event) || event.kind === 'connect' || event.kind === 'end'

function add(beside: Map<number, string[]>, seq: number, words: readonly string[]): void {
  if (words.length === 0) return
  const list = beside.get(seq) ?? []
  list.push(...words.slice(0, mostBeside - list.length))
  beside.set(seq, list)
}
