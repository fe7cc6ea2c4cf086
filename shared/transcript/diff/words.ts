/** Owns: steps, sides and differences in words: for the page, a terminal, a ticket and a screen reader alike. */
import { octetsInWords } from '../measure.ts'
import { shortQuote, shortSentence } from '../shortened.ts'
import { shownLines } from '../shown.ts'
import { replyInWords } from './reply.ts'
import { answerOf } from './stepParts.ts'
import type { Difference, DiffRow, RowStatus, Step, StepKind } from './types.ts'

const names: Record<StepKind, string> = {
  resolve: 'Look-up', connect: 'Connect', greeting: 'Greeting', ehlo: 'EHLO', starttls: 'STARTTLS', tls: 'TLS', auth: 'AUTH', mail: 'MAIL',
  rcpt: 'RCPT', data: 'DATA', body: 'Body', other: 'Command', unasked: 'Unasked', quit: 'QUIT', rest: 'The rest', end: 'End',
} // prettier-ignore

/** As it stands in a row, without its number. */
export const stepName = (step: Step): string =>
  step.kind === 'other' && step.verb !== '' ? step.verb : names[step.kind]

const spoken: Partial<Record<StepKind, string>> = {
  resolve: 'the name look-up', connect: 'connecting', greeting: 'the greeting', tls: 'the TLS handshake', body: 'the end of the message',
  other: 'a command', unasked: 'what the server says unasked', rest: 'the rest', end: 'the end',
} // prettier-ignore

/** The step of a row inside a sentence: "the greeting", "RCPT 2". */
export function nameInSentence({ kind, name }: Pick<DiffRow, 'kind' | 'name'>): string {
  const words = kind === 'other' && name !== names.other ? undefined : spoken[kind]
  if (words === undefined) return name
  const number = /\d+$/.exec(name)?.[0]
  return number === undefined ? words : `${words} (${number})`
}

export const statusWords: Record<RowStatus, string> = {
  same: 'same',
  different: 'different',
  left: 'only left',
  right: 'only right',
}

/** The command as a person reads it; '' for a step without one. */
export const commandWords = ({ command }: Step): string =>
  command === undefined ? '' : shortQuote(shownLines(command.raw, command.masked).join(' '))

function eventWords(event: NonNullable<Step['event']>): string {
  switch (event.kind) {
    case 'resolve':
      return (
        event.fault?.message ?? (event.addresses.map(({ address }) => address).join(', ') || 'no address')
      )
    case 'connect':
      return event.outcome === 'connected' ? `connected, ${event.address}, port ${event.port}` : (event.fault?.message ?? event.outcome) // prettier-ignore
    case 'tls':
      if (event.outcome === 'failed') return event.fault?.message ?? 'handshake failed'
      return [event.version, event.cipher].filter((part) => part !== undefined).join(', ') || 'established'
    case 'end':
      break
  }
  return event.message
}

/** What came out of the step, in a few words: the reply, the handshake, the end. */
export function resultWords(step: Step): string {
  if (step.tally.length > 0) return step.tally.map(({ answer, times }) => `${times} × ${answer}`).join(', ')
  if (step.event) return shortSentence(eventWords(step.event))
  if (!step.reply) return 'no reply'
  return replyInWords(step.reply).replace(/^(\d{3}(?: [245]\.\d+\.\d+)?): /, '$1 ')
}

/** The result in a word or two: "250 accepted", "550 5.7.1", "TLSv1.3". */
export function shortResult(step: Step): string {
  if (step.event?.kind === 'tls') return step.event.outcome === 'failed' ? 'failed' : (step.event.version ?? 'established') // prettier-ignore
  if (step.event?.kind === 'connect') return step.event.outcome
  if (step.event?.kind === 'end') return step.event.outcome
  if (step.event?.kind === 'resolve')
    return step.event.addresses.length === 1 ? '1 address' : `${step.event.addresses.length} addresses`
  if (step.tally.length > 0) return `${step.times} times`
  const asked = step.kind !== 'greeting' && step.kind !== 'unasked' && step.kind !== 'quit'
  const accepted = asked && Math.floor((step.reply?.code ?? 0) / 100) === 2
  return accepted ? `${answerOf(step.reply)} accepted` : answerOf(step.reply)
}

/** As "SIZE 52428800 only left", "reply code: left 250, right 550". */
export function differenceWords({ aspect, what, ...sides }: Difference): string {
  const [left, right] = [shortQuote(oneLine(sides.left)), shortQuote(oneLine(sides.right))]
  if (aspect === 'finding') return `found only ${left === '' ? 'right' : 'left'}: ${left || right}`
  if (aspect === 'capability' && right === '') return `${left} only left`
  if (aspect === 'capability' && left === '') return `${right} only right`
  if (aspect === 'text') return `text: left “${left}”, right “${right}”`
  return `${what}: left ${left || 'none'}, right ${right || 'none'}`
}

const oneLine = (text: string): string => text.replaceAll('\n', ' / ')

/** Content is told by its size. */
export const bodyWords = (step: Step): string =>
  step.kind === 'body' && step.octets > 0 ? `message content, ${octetsInWords(step.octets)}` : ''

/** As "RCPT, different: left 250 accepted, right 550 5.7.1". */
export function rowWords(row: DiffRow): string {
  const shown = row.differences.filter(({ weight }) => weight !== 'expected')
  const results = [
    row.left && `left ${shortResult(row.left)}`,
    row.right && `right ${shortResult(row.right)}`,
  ]
  const told = `${row.name}, ${statusWords[row.status]}: ${results.filter(Boolean).join(', ')}`
  const more = shown
    .filter(({ what }) => what !== 'reply code' && what !== 'enhanced code')
    .map(differenceWords)
  return [told, ...more].join('; ')
}
