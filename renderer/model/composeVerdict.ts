/** Owns: what came of a send, in a sentence, with what it means and what to do next. */
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import type { Purpose } from './composeRequest.ts'

export interface Verdict {
  tone: 'good' | 'warn' | 'bad' | 'neutral'
  title: string
  /** Sentences, each a paragraph of its own. */
  text: string[]
  /** Recipients worth telling one by one: all of several, or one that was refused. */
  recipients: DialogueResult['recipients']
  /** Findings that are about no recipient. */
  findings: NonNullable<DialogueResult['findings']>
}
export type Sentences = Pick<Verdict, 'tone' | 'title' | 'text'>

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

const nextOf = ({ next }: DialogueResult): string[] => (next ? [next] : [])

/** Of several recipients each has a next step of its own: that of the first one is no advice for all. */
const nextForAll = (result: DialogueResult): string[] =>
  result.recipients.some(({ findings = [] }) => findings.some((code) => code !== 'accepted'))
    ? []
    : nextOf(result)

/** Several recipients, each refused with a reply of its own: which one is quoted would be chance. */
function noneTaken(result: DialogueResult): Sentences | null {
  const { recipients } = result
  const refused = recipients.filter(({ accepted, code = 0 }) => !accepted && code >= 400)
  if (recipients.length < 2 || refused.length < recipients.length) return null
  const later = refused.every(({ code = 0 }) => code < 500)
  return {
    tone: later ? 'warn' : 'bad',
    title: later ? 'Not now, said the server.' : 'Refused by the server.',
    text: [
      `It took none of the ${recipients.length} recipients, so the message was not sent.`,
      ...nextForAll(result),
    ],
  }
}

const judges: Record<DialogueResult['outcome'], (result: DialogueResult, from: string) => Sentences> = {
  accepted: ({ reply }, from) => ({
    tone: 'good',
    title: 'Accepted by the server.',
    text: [`${reply ? `It said ${reply}. ` : ''}${handedOver(from)}`],
  }),
  'partly-accepted': (result, from) => {
    const { recipients } = result
    const taken = recipients.filter(({ accepted }) => accepted).length
    const title = `Accepted for ${taken} of ${recipients.length} recipients.`
    return { tone: 'warn', title, text: [handedOver(from), ...nextForAll(result)] }
  },
  rejected: (result) => {
    const none = noneTaken(result)
    if (none) return none
    const later = isTemporary(result.message)
    return {
      tone: later ? 'warn' : 'bad',
      title: later ? 'Not now, said the server.' : 'Refused by the server.',
      text: [result.message, ...nextOf(result)],
    }
  },
  failed: (result) => {
    const head = headline(result.message)
    const text = [head ? head.rest : result.message, ...nextOf(result)].filter(Boolean)
    return { tone: 'bad', title: head?.title ?? 'The message was not sent.', text }
  },
  stopped: (result) => ({
    tone: 'neutral',
    title: 'Stopped before it was sent.',
    text: [result.message, ...nextOf(result)],
  }),
}

/** A check that went as far as it was meant to: everything before the message is known. */
function checked(result: DialogueResult): Sentences {
  const { recipients } = result
  const refused = recipients.filter(({ accepted }) => !accepted).length
  if (recipients.length === 0)
    return {
      tone: 'good',
      title: 'The server can be reached and lets you in.',
      text: ['Nothing was sent. With sender and recipients in the form, those are checked too.'],
    }
  if (refused === 0)
    return {
      tone: 'good',
      title: 'It would take the message so far.',
      text: ['Sender and recipients were taken. Nothing was sent; what it says of the content stays open.'],
    }
  return {
    tone: 'warn',
    title: `It would refuse ${refused} of ${recipients.length} recipients.`,
    text: ['Nothing was sent.', ...nextOf(result)],
  }
}

/** Those of one recipient stand beside it. */
function findingsBeside(result: DialogueResult): Verdict['findings'] {
  const ofRecipients = new Set(result.recipients.flatMap((one) => one.findings ?? []))
  return (result.findings ?? []).filter(({ code }) => code !== 'accepted' && !ofRecipients.has(code))
}

/** `from` is where a bounce would go. */
export function verdictOf(result: DialogueResult, from: string, purpose: Purpose = 'send'): Verdict {
  const isChecked = purpose === 'check' && result.outcome === 'stopped'
  const sentences = isChecked ? checked(result) : judges[result.outcome](result, from)
  const { recipients } = result
  const single = recipients.length === 1 && (recipients[0]?.accepted ?? false)
  const named = recipients.some(({ reply }) => reply !== '')
  return {
    ...sentences,
    recipients: single || !named ? [] : recipients,
    findings: findingsBeside(result),
  }
}

/** The engine kept the password back because the connection was not sealed, or nobody vouched for the server. */
export function withheldBecause(events: Iterable<TranscriptEvent>): 'clear' | 'unverified' | null {
  let sealed = false
  for (const event of events) {
    if (event.kind === 'tls' && event.outcome === 'established') sealed = true
    if (event.kind === 'finding' && event.code === 'auth-needs-tls') return sealed ? 'unverified' : 'clear'
  }
  return null
}

type Finding = Verdict['findings'][number]

/** What a finding says beside sentences that stand above it: a message or a reply that they quote is not said twice. */
export function besides({ message, next }: Pick<Finding, 'message' | 'next'>, said: string): string[] {
  const [, quoted = ''] = /: (\d{3}[ -].{4,})$/s.exec(message) ?? []
  // The sentences may be cut at a colon and go on with a capital.
  const known = said.toLowerCase()
  const isSaid = (words: string): boolean => words === '' || known.includes(words.toLowerCase())
  const parts = message.split(': ').every((part) => isSaid(part.replace(/\.$/, '')))
  return [parts || (quoted !== '' && isSaid(quoted)) ? '' : message, isSaid(next) ? '' : next]
}
