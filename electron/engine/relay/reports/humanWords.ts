/**
 * Owns: the part of a report that people read: who, what which host said, when it was tried, what to do. What servers and
 * senders wrote stands in it on one line each, cut where it is long.
 */
import { headerDate } from '../../message/date.ts'
import { spanWords } from '../queue/words.ts'
import type { Leg } from '../types.ts'
import { exact, oneLine, wrap } from './lines.ts'
import type { ReturnedPart } from './returnedPart.ts'
import { isDate, statusOf } from './statusFields.ts'
import type { ReportGiven, ReportKind, Told } from './types.ts'

/** Recipients that are named one by one; the part for programs has all. */
const mostNamed = 50
const width = 76

const heads: Readonly<Record<ReportKind, string>> = {
  failed: 'Your message could not be delivered to',
  delayed: 'Your message could not be delivered yet to',
  delivered: 'Your message was delivered to',
  relayed: 'Your message was handed on for',
}
const subjects: Readonly<Record<ReportKind, string>> = {
  failed: 'Not delivered to',
  delayed: 'Not delivered yet to',
  delivered: 'Delivered to',
  relayed: 'Handed on for',
}

export function subjectOf(kind: ReportKind, told: readonly Told[]): string {
  const whom = told.length === 1 ? exact(told[0]!.outcome.address, 320) : `${told.length} recipients`
  return `${subjects[kind]} ${whom}`
}

/** Lines with CRLF; UTF-8 where addresses or replies have it. */
export function humanText(given: ReportGiven, told: readonly Told[], returned: ReturnedPart): string {
  const { kind, leg } = given
  const count = told.length === 1 ? 'this recipient' : `these ${told.length} recipients`
  const lines = [`${heads[kind]} ${count}:`, '']
  for (const one of told.slice(0, mostNamed)) lines.push(...ofRecipient(given, one), '')
  if (told.length > mostNamed)
    lines.push(`and ${told.length - mostNamed} more, who stand in the part for programs.`, '')
  lines.push(...whatNow(given, told), '')
  const { message } = leg
  lines.push('The message:')
  if (message.subject !== undefined) lines.push(`  Subject: ${oneLine(message.subject, 300)}`)
  if (message.messageId !== undefined) lines.push(`  Message-ID: ${oneLine(message.messageId, 300)}`)
  lines.push(`  Taken by ${given.rules.name}: ${headerDate(new Date(message.receivedAt))}`)
  lines.push('', ...wrap(returned.words, width), '')
  return lines.map((line) => `${line}\r\n`).join('')
}

function ofRecipient({ kind, leg, givesUpAt }: ReportGiven, { recipient, outcome }: Told): string[] {
  const said = oneLine(outcome.words) || 'nothing'
  const host = oneLine(outcome.host ?? '', 255)
  const lines = [`  ${exact(outcome.address, 320)}`]
  const asked = recipient.orcpt?.replace(/^[A-Za-z0-9-]+;/u, '')
  if (asked !== undefined && asked !== outcome.address)
    lines.push(`    (you wrote to ${oneLine(asked, 320)})`)
  // Without a code nobody said it: the connection failed.
  const by = host === '' ? '' : outcome.code === undefined ? `${host}: ` : `${host} said: `
  lines.push(...wrap(`${by}${said}`, width, '    '))
  const tries = Math.max(1, leg.tries)
  const last = leg.history.at(-1)?.at
  const when = last === undefined || Number.isNaN(Date.parse(last)) ? '' : headerDate(new Date(last))
  if (kind === 'failed' && outcome.outcome === 'again')
    lines.push(...wrap(`It could not be delivered${within(leg, givesUpAt)}, and is given up.`, width, '    '))
  if (kind === 'failed' || kind === 'delayed')
    lines.push(
      `    Tried ${tries === 1 ? 'once' : `${tries} times`}${when === '' ? '' : `, last on ${when}`}`,
    )
  else if (when !== '') lines.push(`    On ${when}`)
  return lines
}

/** The time that the rules give a message, where it is known. */
function within({ message }: Leg, givesUpAt: Date | undefined): string {
  if (!isDate(givesUpAt) || givesUpAt.getTime() <= message.receivedAt) return ' in time'
  return ` within ${spanWords(givesUpAt.getTime() - message.receivedAt)}`
}

function whatNow(given: ReportGiven, told: readonly Told[]): string[] {
  if (given.kind === 'delayed') {
    const { givesUpAt } = given
    const until = isDate(givesUpAt) ? ` until ${headerDate(givesUpAt)}` : ''
    return wrap(
      `There is nothing for you to do. It is tried again${until}; you get another report if it fails for good.`,
      width,
    )
  }
  if (given.kind === 'delivered') return ['There is nothing for you to do.']
  if (given.kind === 'relayed')
    return wrap(
      'The next server took it, but does not report deliveries: whether it reached the mailbox, you will not hear from here.',
      width,
    )
  const advice = new Set(told.map((one) => adviceFor(statusOf('failed', one.outcome))))
  return ['What you can do:', ...[...advice].flatMap((words) => wrap(words, width, '  '))]
}

/** By the subject and detail of the status (RFC 3463 §3); no more than what the code says is certain. */
export function adviceFor(status: string): string {
  const [kind, subject, detail] = status.split('.')
  const key = `${subject}.${detail}`
  if (key === '1.10') return 'The domain says that it takes no mail (RFC 7505). Check the part after the @.'
  if (key === '1.2' || key === '4.4') return 'Check the part of the address after the @: no mail server was found for it.' // prettier-ignore
  if (subject === '1') return 'Check the address for mistakes, then send the message again.'
  if (key === '2.2')
    return 'The mailbox is full. Send the message again later, or tell its owner another way.'
  if (key === '2.3' || key === '3.4')
    return 'The message is too large for that server. Send it with less in it.'
  if (key === '4.6')
    return 'The message went in a circle. Whoever runs the servers named above has to end it.'
  if (key === '6.7') return 'That server cannot take addresses outside ASCII. Use another address, if there is one.' // prettier-ignore
  if (subject === '7') return 'That server refused it by its rules; its words above say which. Ask who runs it, if they are not clear.' // prettier-ignore
  if (kind === '4') return 'The time for it is up. Send the message again later; if it fails again, ask who runs that server.' // prettier-ignore
  return 'The words above say why. Send the message again when that is settled.'
}
