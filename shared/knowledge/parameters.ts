/** Owns: what the parameters of MAIL and RCPT mean (RFC 5321 §4.1.2 for the syntax, one extension for each). */
import type { Entry } from './types.ts'

export interface ParameterRow extends Entry {
  readonly keyword: string
  readonly of: 'MAIL' | 'RCPT'
  /** Two to five words, under the part of a line. */
  readonly label: string
  readonly syntax: string
  /** The keyword in the EHLO reply that allows it. */
  readonly extension: string
}

export const parameterRows: readonly ParameterRow[] = [
  {
    keyword: 'SIZE',
    of: 'MAIL',
    label: 'size in octets',
    words: 'How large the message will be, in octets. The server can refuse it before it is sent.',
    syntax: 'SIZE=octets',
    extension: 'SIZE',
    reference: 'RFC 1870 §6',
  },
  {
    keyword: 'BODY',
    of: 'MAIL',
    label: 'kind of content',
    words:
      'How the content is made: 7BIT is ASCII only, 8BITMIME has 8-bit text, BINARYMIME any octets at all.',
    syntax: 'BODY=7BIT, 8BITMIME or BINARYMIME',
    extension: '8BITMIME',
    reference: 'RFC 6152 §2',
  },
  {
    keyword: 'SMTPUTF8',
    of: 'MAIL',
    label: 'international addresses',
    words: 'Addresses or header fields of this message hold UTF-8. Every server on the way has to allow it.',
    syntax: 'SMTPUTF8',
    extension: 'SMTPUTF8',
    reference: 'RFC 6531 §3.4',
  },
  {
    keyword: 'RET',
    of: 'MAIL',
    label: 'what a report returns',
    words: 'What comes back when delivery fails: FULL is the whole message, HDRS its header only.',
    syntax: 'RET=FULL or HDRS',
    extension: 'DSN',
    reference: 'RFC 3461 §4.3',
  },
  {
    keyword: 'ENVID',
    of: 'MAIL',
    label: 'envelope identifier',
    words: 'The sender’s own mark for this message. A delivery report repeats it.',
    syntax: 'ENVID=xtext',
    extension: 'DSN',
    reference: 'RFC 3461 §4.4',
  },
  {
    keyword: 'AUTH',
    of: 'MAIL',
    label: 'who submitted it first',
    words: 'Who handed in the message first, as one trusted server tells another. <> means unknown.',
    syntax: 'AUTH=xtext or <>',
    extension: 'AUTH',
    reference: 'RFC 4954 §5',
  },
  {
    keyword: 'REQUIRETLS',
    of: 'MAIL',
    label: 'TLS all the way',
    words: 'Every hop must use verified TLS. The message comes back rather than travel in clear.',
    syntax: 'REQUIRETLS',
    extension: 'REQUIRETLS',
    reference: 'RFC 8689 §2',
  },
  {
    keyword: 'BY',
    of: 'MAIL',
    label: 'deliver within',
    words: 'Deliver within so many seconds. Then R returns the message, N sends a notice and goes on trying.',
    syntax: 'BY=seconds;R or N, T for a trace',
    extension: 'DELIVERBY',
    reference: 'RFC 2852',
  },
  {
    keyword: 'HOLDFOR',
    of: 'MAIL',
    label: 'hold for seconds',
    words: 'The submission server keeps the message for so many seconds before it is sent.',
    syntax: 'HOLDFOR=seconds',
    extension: 'FUTURERELEASE',
    reference: 'RFC 4865',
  },
  {
    keyword: 'HOLDUNTIL',
    of: 'MAIL',
    label: 'hold until',
    words: 'The submission server keeps the message until this time before it is sent.',
    syntax: 'HOLDUNTIL=date and time',
    extension: 'FUTURERELEASE',
    reference: 'RFC 4865',
  },
  {
    keyword: 'MT-PRIORITY',
    of: 'MAIL',
    label: 'priority',
    words: 'How urgent the transfer is, from -9 to 9. 0 is normal.',
    syntax: 'MT-PRIORITY=-9 to 9',
    extension: 'MT-PRIORITY',
    reference: 'RFC 6710',
  },
  {
    keyword: 'MTRK',
    of: 'MAIL',
    label: 'tracking',
    words: 'Lets the sender ask later where the message is.',
    syntax: 'MTRK=certifier',
    extension: 'MTRK',
    reference: 'RFC 3885',
  },
  {
    keyword: 'SOLICIT',
    of: 'MAIL',
    label: 'kind of solicitation',
    words: 'The sender’s own label for mail that solicits, so that a server can decline it.',
    syntax: 'SOLICIT=keywords',
    extension: 'NO-SOLICITING',
    reference: 'RFC 3865',
  },
  {
    keyword: 'SUBMITTER',
    of: 'MAIL',
    label: 'responsible address',
    words: 'The address responsible for handing in the message. Historic.',
    syntax: 'SUBMITTER=xtext',
    extension: 'SUBMITTER',
    reference: 'RFC 4405',
  },
  {
    keyword: 'TRANSID',
    of: 'MAIL',
    label: 'transaction to resume',
    words: 'Names the transaction, so that a broken one can go on where it stopped. Rarely used.',
    syntax: 'TRANSID=<name>',
    extension: 'CHECKPOINT',
    reference: 'RFC 1845',
  },
  {
    keyword: 'NOTIFY',
    of: 'RCPT',
    label: 'when to report',
    words: 'When the sender wants a report about this recipient: SUCCESS, FAILURE, DELAY, or NEVER.',
    syntax: 'NOTIFY=NEVER, or SUCCESS, FAILURE, DELAY with commas',
    extension: 'DSN',
    reference: 'RFC 3461 §4.1',
  },
  {
    keyword: 'ORCPT',
    of: 'RCPT',
    label: 'original recipient',
    words: 'The address as the sender first wrote it. A report names it even after forwarding.',
    syntax: 'ORCPT=type;xtext, as rfc822;ines@quayside.example',
    extension: 'DSN',
    reference: 'RFC 3461 §4.2',
  },
  {
    keyword: 'RRVS',
    of: 'RCPT',
    label: 'same owner since',
    words:
      'Deliver only if the mailbox has had the same owner since this time. For mail that must not reach a successor.',
    syntax: 'RRVS=date and time',
    extension: 'RRVS',
    reference: 'RFC 7293',
  },
]

const byKeyword = new Map(parameterRows.map((row) => [`${row.of} ${row.keyword}`, row]))

/** `keyword` in any case. */
export const findParameter = (of: string, keyword: string): ParameterRow | undefined =>
  byKeyword.get(`${of} ${keyword.toUpperCase()}`)
