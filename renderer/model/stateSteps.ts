/**
 * Owns: which edges of the one transition table (shared/smtp/machine/table.ts) an event of a transcript stands for, at
 * both ends. An edge that the table does not have from the state reached is not taken: a transcript may be of any peer.
 */
import { clientEdges, serverEdges, type Edge } from '#shared/smtp/machine/table.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'

export type End = 'client' | 'server'

/** What the edges depend on besides the states. */
export interface Awaited {
  /** Commands without their reply yet, in order (RFC 2920 lets there be many). `answer`: an AUTH response; `end`: the content. */
  queue: string[]
  /** Replies taken off the front of `queue`. */
  head: number
  /** The BDAT under way says LAST. */
  last: boolean
}

/** Commands kept while their replies are awaited; more than any server lets be pipelined. */
const mostAwaited = 20_000

type Steps = ReadonlyMap<string, Edge>
const keyed = (edges: readonly Edge[]): Steps =>
  new Map(edges.map((edge) => [`${edge.from} ${edge.on}`, edge]))
const steps: Readonly<Record<End, Steps>> = { client: keyed(clientEdges), server: keyed(serverEdges) }

/** The edge from `state` on `on`, or undefined where the table has none. */
export const edgeFrom = (end: End, state: string, on: string): Edge | undefined =>
  steps[end].get(`${state} ${on}`)

type Wish = readonly [End, string]

const positive = (code: number): boolean => code >= 200 && code < 300

function wait(awaited: Awaited, verb: string): void {
  if (awaited.queue.length - awaited.head < mostAwaited) awaited.queue.push(verb)
}

function answered(awaited: Awaited): string {
  const verb = awaited.queue[awaited.head] ?? ''
  if (awaited.head < awaited.queue.length) awaited.head++
  if (awaited.head === awaited.queue.length) {
    awaited.queue = []
    awaited.head = 0
  }
  return verb
}

function onLine({ verb, raw, phase }: EventOf<'line'>, awaited: Awaited): Wish[] {
  const exchange = phase === 'auth' && verb !== 'AUTH'
  wait(awaited, exchange ? 'answer' : (verb ?? ''))
  if (verb === 'STARTTLS' && !exchange) return [['client', 'starttls']]
  if (verb === 'AUTH') return [['client', 'auth']]
  if (verb === 'QUIT') return [['client', 'quit']]
  if (verb !== 'BDAT') return []
  awaited.last = /\sLAST\s*$/i.test(raw.slice(0, 200))
  return [['server', 'bdat'], ...(/^BDAT\s+0+\s/i.test(raw) ? pieceEnds(awaited) : [])]
}

/** The octets of one BDAT are there. */
const pieceEnds = ({ last }: Awaited): Wish[] => (last ? [['client', 'last-chunk'], ['server', 'last-chunk']] : [['server', 'chunk']]) // prettier-ignore

const both = (on: string): Wish[] => [['client', on], ['server', on]] // prettier-ignore

function onReply(code: number, verb: string): Wish[] {
  const yes = positive(code)
  switch (verb) {
    case 'EHLO':
    case 'HELO':
    case 'LHLO':
      return yes ? both('hello') : []
    case 'STARTTLS':
      return yes ? [['client', 'secure'], ['server', 'starttls']] : [['client', 'refused']] // prettier-ignore
    case 'AUTH':
    case 'answer':
      return code === 334 ? [['server', 'auth']] : both('answered')
    case 'MAIL':
      return yes ? both('mail') : []
    case 'RCPT':
      return yes ? [['server', 'rcpt']] : []
    case 'RSET':
      return yes ? both('reset') : []
    case 'DATA':
      return code === 354 ? [['client', 'go-ahead'], ['server', 'data']] : [] // prettier-ignore
    case 'BDAT':
      return yes ? [['client', 'chunk']] : []
    case 'end':
      return both('answered')
  }
  return []
}

/** The edges that the event would take, in order; `state` is the client's before it. */
export function wishes(event: TranscriptEvent, state: string, awaited: Awaited): Wish[] {
  switch (event.kind) {
    case 'connect':
      return event.outcome === 'connected' ? both('opened') : []
    case 'tls':
      return event.outcome === 'established' ? [...both('opened'), ...both('secured')] : []
    case 'line':
      return [...(state === 'connecting' ? both('opened') : []), ...onLine(event, awaited)]
    case 'reply': {
      const greets = state === 'connecting' || state === 'greeting'
      if (greets && awaited.queue.length === 0) return [...both('opened'), ['client', 'greeted']]
      return onReply(event.code ?? 0, answered(awaited))
    }
    case 'chunk':
      return onChunk(event, state, awaited)
    case 'end':
      return both('over')
    case 'resolve':
    case 'wait':
    case 'edit':
    case 'finding':
    case 'remark':
  }
  return []
}

function onChunk({ encoding, last }: EventOf<'chunk'>, state: string, awaited: Awaited): Wish[] {
  if (encoding === 'bdat') {
    if (awaited.last && !last) return []
    if (awaited.last) awaited.queue[awaited.queue.length - 1] = 'end'
    return pieceEnds(awaited)
  }
  if (!last) return []
  if (state === 'content') wait(awaited, 'end')
  return both('end-of-data')
}
