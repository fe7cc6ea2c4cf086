/** Owns: a report that came in as one plain sentence: who says what of whom, and in which words of a server. */
import type { RelayReport } from '#shared/rpc/contract/relay.ts'
import { oneLine } from './lines.ts'
import type { ReadRecipient, ReadReport } from './types.ts'

/** `gannet.example says lee@gannet.example does not exist: 550 5.1.1 No such user`. */
export function statusWords(read: ReadReport, recipient: ReadRecipient): string {
  const whom = recipient.final?.address ?? recipient.original?.address ?? 'a recipient that it does not name'
  const who =
    hostName(recipient.remoteMta) ?? hostName(read.reportingMta) ?? 'A server that does not say its name'
  const { diagnostic } = recipient
  return oneLine(`${who} ${clause(recipient, whom)}${diagnostic === undefined ? '' : `: ${diagnostic}`}`)
}

/** Without a literal's brackets or a port that does not belong there. */
const hostName = (name: string | undefined): string | undefined => {
  const line = oneLine(name ?? '', 255)
  return line === '' ? undefined : line
}

function clause({ action, status }: ReadRecipient, whom: string): string {
  if (action === 'delayed') return `has not delivered to ${whom} yet`
  if (action === 'delivered') return `delivered to ${whom}`
  if (action === 'relayed') return `handed the message for ${whom} on to a server that does not report`
  if (action === 'expanded') return `sent the message for ${whom} on to all members of a list`
  if (action === 'other') return `reports about ${whom} without saying what became of the message`
  return failure(status ?? '', whom)
}

/** By subject and detail (RFC 3463 §3, RFC 7505); what the code leaves open stays open. */
function failure(status: string, whom: string): string {
  const [, subject = '', detail = ''] = status.split('.')
  const exactly: Readonly<Record<string, string>> = {
    '1.1': `says ${whom} does not exist`,
    '1.2': `says the domain of ${whom} does not exist`,
    '1.3': `says ${whom} is not a valid address`,
    '1.6': `says ${whom} has moved and left no new address`,
    '1.10': `says the domain of ${whom} takes no mail`,
    '2.1': `says the mailbox of ${whom} takes no mail`,
    '2.2': `says the mailbox of ${whom} is full`,
    '2.3': `says the message is too large for ${whom}`,
    '3.4': `says the message for ${whom} is too large`,
    '4.1': `got no answer from the server of ${whom}`,
    '4.4': `found no mail server for ${whom}`,
    '4.6': `says the message for ${whom} went in a circle`,
    '4.7': `could not deliver to ${whom} before the time was up`,
    '6.7': `cannot take the address ${whom}, which is not ASCII`,
  }
  const key = `${subject}.${detail}`
  if (Object.hasOwn(exactly, key)) return exactly[key]!
  return subject === '7' ? `refused the message for ${whom} by its rules` : `could not deliver to ${whom}`
}

/** RFC 5965 §7.3 and RFC 6650 name the types. */
export function complaintWords(read: ReadReport, whom: string): string {
  const { feedback } = read
  const who =
    hostName(read.reportingMta) ?? hostName(feedback?.userAgent) ?? 'Somebody who does not say a name'
  const of = whom === '' ? '' : ` to ${whom}`
  const times = feedback?.incidents ?? 1
  const often = times > 1 ? `, ${times} times` : ''
  const ip = feedback?.sourceIp === undefined ? '' : `; it came from ${feedback.sourceIp}`
  const what: Readonly<Record<string, string>> = {
    abuse: `passes on a complaint: the message${of} was reported as unwanted`,
    fraud: `reports the message${of} as fraud`,
    virus: `reports a virus in the message${of}`,
    'not-spam': `reports the message${of} as wanted`,
    'auth-failure': `reports that the message${of} failed authentication`,
  }
  const type = feedback?.type ?? 'other'
  const words = Object.hasOwn(what, type) ? what[type]! : `sent feedback of type ${type} on the message${of}`
  return oneLine(`${who} ${words}${often}${ip}`)
}

/** Complaints are those that say that somebody did not want the message. */
export const feedbackKind = (type: string): RelayReport['kind'] =>
  ['abuse', 'fraud', 'virus'].includes(type) ? 'abuse' : 'other'
