/** Owns: what a server may fittingly answer at a given moment, to choose from: the usual yes first, then not now, then no. */
import { explainReplyCode } from './replyCodes.ts'
import type { Moment } from './types.ts'

export interface ReplyChoice {
  code: number
  /** RFC 3463; absent where a reply has none (354, 334, the greeting). */
  enhanced?: string
  text: string
  /** Two to six words: what it means. */
  name: string
}

type Row = readonly [code: number, enhanced: string, text: string, name?: string]

const closing: Row = [421, '4.3.2', 'Service not available, closing the connection']

const rows: Readonly<Partial<Record<Moment, readonly Row[]>>> = {
  greeting: [[220, '', 'mail.example ESMTP ready'], closing, [554, '5.3.2', 'No SMTP service here']],
  EHLO: [[250, '', 'mail.example'], closing, [502, '5.5.1', 'EHLO not implemented'], [550, '5.7.1', 'Not from your host']],
  STARTTLS: [
    [220, '2.0.0', 'Ready to start TLS'],
    [454, '4.7.0', 'TLS not available now'],
    [502, '5.5.1', 'STARTTLS not offered'],
    closing,
  ],
  AUTH: [
    [235, '2.7.0', 'Authentication succeeded'],
    [454, '4.7.0', 'Temporary authentication failure'],
    [432, '4.7.12', 'A password transition is needed'],
    [535, '5.7.8', 'Authentication credentials invalid'],
    [534, '5.7.9', 'Authentication mechanism is too weak'],
    [538, '5.7.11', 'Encryption required for this mechanism'],
    closing,
  ],
  MAIL: [
    [250, '2.1.0', 'Sender OK'],
    [450, '4.1.8', 'Sender domain not found now'],
    [451, '4.7.1', 'Try again later'],
    [452, '4.3.1', 'Not enough room now'],
    [530, '5.7.0', 'Authentication required'],
    [550, '5.7.1', 'Sender refused'],
    [552, '5.3.4', 'Message exceeds the size limit'],
    closing,
  ],
  RCPT: [
    [250, '2.1.5', 'Recipient OK'],
    [450, '4.2.1', 'Mailbox busy, try again later', 'Mailbox busy'],
    [451, '4.7.1', 'Greylisted, try again in 5 minutes', 'Greylisted'],
    [452, '4.5.3', 'Too many recipients', 'Too many recipients'],
    [452, '4.2.2', 'Mailbox full', 'Mailbox full'],
    [550, '5.1.1', 'No such user here', 'No such mailbox'],
    [554, '5.7.1', 'Relay access denied', 'Relaying refused'],
    closing,
  ],
  DATA: [
    [354, '', 'Send the message; end with <CRLF>.<CRLF>'],
    [451, '4.3.0', 'Local error, try again later'],
    [503, '5.5.1', 'No valid recipient'],
    [554, '5.5.1', 'No valid recipients'],
    closing,
  ],
  'end of data': [
    [250, '2.0.0', 'Message accepted'],
    [451, '4.3.0', 'Local error, try again later'],
    [452, '4.3.1', 'Not enough room now'],
    [550, '5.7.1', 'Refused for its content', 'Refused as spam'],
    [552, '5.3.4', 'Message exceeds the size limit'],
    [554, '5.6.0', 'The message cannot be read'],
    closing,
  ],
  VRFY: [[252, '2.5.2', 'Cannot verify, but will take the message'], [550, '5.1.1', 'No such user here'], [502, '5.5.1', 'VRFY is off']],
  QUIT: [[221, '2.0.0', 'Bye'], closing],
} // prettier-ignore

const anything: readonly Row[] = [
  [250, '2.0.0', 'OK'],
  [451, '4.3.0', 'Local error, try again later'],
  [500, '5.5.1', 'Command not recognised'],
  [502, '5.5.1', 'Command not implemented'],
  [503, '5.5.1', 'Bad sequence of commands'],
  closing,
]

/** Fitting replies at this moment; at one that is not known, those that fit any command. */
export function replyChoices(moment: Moment | undefined): ReplyChoice[] {
  const found = (moment && rows[moment]) ?? anything
  return found.map(([code, enhanced, text, name]) => ({
    code,
    ...(enhanced === '' ? {} : { enhanced }),
    text,
    name: name ?? explainReplyCode(code).name,
  }))
}

/** As it goes over the wire, without its line end. */
export const choiceText = ({ code, enhanced, text }: ReplyChoice): string =>
  [code, enhanced, text].filter((part) => part !== undefined).join(' ')
