/** Owns: what came of a send, in a sentence, with what it means and what to do next. */
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

export interface Verdict {
  tone: 'good' | 'warn' | 'bad' | 'neutral'
  title: string
  /** Sentences, each a paragraph of its own. */
  text: string[]
  /** Recipients that were refused, with the reply. */
  refused: { address: string; reply: string }[]
}

const handedOver = (bounceTo: string) =>
  bounceTo === ''
    ? 'Delivery to the inbox is its job now.'
    : `Delivery to the inbox is its job now; a bounce would go to ${bounceTo}.`

/** A first sentence that is short enough to be a title, and the rest; a colon ends one too. */
function headline(message: string): { title: string; rest: string } | null {
  const end = /^(.{8,90}?)([.!?:])(?:\s+|$)/su.exec(message)
  if (!end) return null
  const rest = message.slice(end[0].length)
  if (end[2] !== ':') return { title: end[1]! + end[2]!, rest }
  return { title: `${end[1]!}.`, rest: rest.charAt(0).toUpperCase() + rest.slice(1) }
}

/** A refusal told by its reply: 4yz is temporary (RFC 5321 §4.2.1). */
const isTemporary = (message: string) => /: 4\d\d\b/.test(message)

const refusedOf = ({ recipients }: DialogueResult): Verdict['refused'] =>
  recipients
    .filter(({ accepted, reply }) => !accepted && reply !== '')
    .map(({ address, reply }) => ({ address, reply }))

const nextOf = ({ next }: DialogueResult): string[] => (next ? [next] : [])

const judges: Record<DialogueResult['outcome'], (result: DialogueResult, from: string) => Verdict> = {
  accepted: ({ reply }, from) => ({
    tone: 'good',
    title: 'Accepted by the server.',
    text: [`${reply ? `It said ${reply}. ` : ''}${handedOver(from)}`],
    refused: [],
  }),
  'partly-accepted': (result, from) => {
    const refused = refusedOf(result)
    const all = result.recipients.length
    const title = `Accepted for ${all - refused.length} of ${all} recipients.`
    return { tone: 'warn', title, text: [handedOver(from), ...nextOf(result)], refused }
  },
  rejected: (result) => {
    const later = isTemporary(result.message)
    const refused = refusedOf(result)
    return {
      tone: later ? 'warn' : 'bad',
      title: later ? 'Not now, said the server.' : 'Refused by the server.',
      text: [result.message, ...nextOf(result)],
      refused: refused.length > 1 ? refused : [],
    }
  },
  failed: (result) => {
    const head = headline(result.message)
    const text = [head ? head.rest : result.message, ...nextOf(result)].filter(Boolean)
    return { tone: 'bad', title: head?.title ?? 'The message was not sent.', text, refused: [] }
  },
  stopped: (result) => ({
    tone: 'neutral',
    title: 'Stopped before it was sent.',
    text: [result.message, ...nextOf(result)],
    refused: [],
  }),
}

/** `from` is where a bounce would go. */
export const verdictOf = (result: DialogueResult, from: string): Verdict =>
  judges[result.outcome](result, from)

/** The engine kept the password back because the connection was not sealed, or nobody vouched for the server. */
export function withheldBecause(events: Iterable<TranscriptEvent>): 'clear' | 'unverified' | null {
  let sealed = false
  for (const event of events) {
    if (event.kind === 'tls' && event.outcome === 'established') sealed = true
    if (event.kind === 'finding' && event.code === 'auth-needs-tls') return sealed ? 'unverified' : 'clear'
  }
  return null
}
