/** Owns: what a keyword of an EHLO reply lets a client do. Standard ones first, then vendors' own. */
import type { Entry } from './types.ts'

export interface ExtensionRow extends Entry {
  /** Upper case. */
  readonly keyword: string
  /** What its parameters say in the EHLO reply; '' when it has none. */
  readonly parameters: string
}

const row = (
  keyword: string,
  words: string,
  parameters: string,
  reference: Entry['reference'],
): ExtensionRow => ({ keyword, words, parameters, reference })

export const extensionRows: readonly ExtensionRow[] = [
  row(
    'STARTTLS',
    'The connection can go on inside TLS. The offer itself travels in clear and can be removed on the way.',
    '',
    'RFC 3207 §4',
  ),
  row('AUTH', 'The client can sign in, in the ways that are named.', 'The mechanisms.', 'RFC 4954 §3'),
  row(
    'AUTH=',
    'The same as AUTH, in the form that very old clients read. It was never a standard.',
    'The mechanisms.',
    'as documented by Postfix',
  ),
  row(
    'SIZE',
    'The client can say how large the message will be, so that it is refused early.',
    'The largest message in octets. 0 or nothing: no fixed limit.',
    'RFC 1870 §4',
  ),
  row('8BITMIME', 'Text with 8-bit characters can be sent as it is.', '', 'RFC 6152 §2'),
  row(
    'PIPELINING',
    'The client can send several commands without waiting for each answer. It saves round trips.',
    '',
    'RFC 2920 §2',
  ),
  row(
    'CHUNKING',
    'The message can be sent in counted pieces with BDAT. No dot ends it, so nothing has to be escaped.',
    '',
    'RFC 3030 §2',
  ),
  row('BINARYMIME', 'Any octets can be sent as they are, with BDAT. It needs CHUNKING.', '', 'RFC 3030 §3'),
  row('DSN', 'The client can say when it wants delivery reports, and what they return.', '', 'RFC 3461 §4'),
  row(
    'ENHANCEDSTATUSCODES',
    'Replies carry a second code, as 5.1.1, that says more exactly what happened.',
    '',
    'RFC 2034 §3',
  ),
  row('SMTPUTF8', 'Addresses and header fields can hold letters of every script.', '', 'RFC 6531 §3.1'),
  row(
    'REQUIRETLS',
    'The client can ask that every hop uses verified TLS. It is offered inside TLS only.',
    '',
    'RFC 8689 §2',
  ),
  row(
    'LIMITS',
    'The server names its limits beforehand.',
    'MAILMAX messages in a session, RCPTMAX recipients of a message, RCPTDOMAINMAX domains among them.',
    'RFC 9422',
  ),
  row(
    'VRFY',
    'The client can ask whether an address exists. Offered is not answered: most servers say 252.',
    '',
    'RFC 5321 §3.5',
  ),
  row('EXPN', 'The client can ask who is on a mailing list.', '', 'RFC 5321 §3.5'),
  row('HELP', 'The client can ask for help.', '', 'RFC 5321 §4.1.1.8'),
  row('ETRN', 'A host can ask for the mail that waits for it to be delivered now.', '', 'RFC 1985'),
  row(
    'ATRN',
    'A host that signed in can fetch its mail on this same connection. Spoken on port 366.',
    '',
    'RFC 2645',
  ),
  row(
    'DELIVERBY',
    'The client can say by when the message has to be delivered.',
    'The shortest time in seconds that the server accepts.',
    'RFC 2852',
  ),
  row(
    'FUTURERELEASE',
    'The client can ask the server to hold the message until later.',
    'The longest time: in seconds, then as a date.',
    'RFC 4865',
  ),
  row(
    'BURL',
    'The client can hand in a message that lies on an IMAP server, without loading it first.',
    'imap, and the servers that it may be fetched from.',
    'RFC 4468',
  ),
  row('SUBMITTER', 'The client can name the responsible address in MAIL. Historic.', '', 'RFC 4405'),
  row(
    'MT-PRIORITY',
    'The client can say how urgent a message is.',
    'The name of the policy that gives the numbers their meaning.',
    'RFC 6710',
  ),
  row('MTRK', 'The sender can ask later where the message is.', '', 'RFC 3885'),
  row('RRVS', 'The client can ask that mail is not given to a new owner of an old mailbox.', '', 'RFC 7293'),
  row(
    'NO-SOLICITING',
    'The server says which solicitations it does not want.',
    'Keywords for the kinds of mail that are not wanted.',
    'RFC 3865',
  ),
  row('CONPERM', 'The client can allow the server to convert the content.', '', 'RFC 4141'),
  row('CONNEG', 'The client can ask what content the recipient can take.', '', 'RFC 4141'),
  row('CHECKPOINT', 'A broken transfer can go on where it stopped. Rarely offered.', '', 'RFC 1845'),
  row('UTF8SMTP', 'The first, experimental form of SMTPUTF8. Replaced by it.', '', 'RFC 5336'),
  row('SEND', 'Messages to a user’s screen. Given up.', '', 'RFC 5321 §F.6'),
  row('SOML', 'Messages to a user’s screen, or else the mailbox. Given up.', '', 'RFC 5321 §F.6'),
  row('SAML', 'Messages to a user’s screen and the mailbox. Given up.', '', 'RFC 5321 §F.6'),
  row(
    'TURN',
    'Client and server change roles. Given up, because anybody could fetch another’s mail with it.',
    '',
    'RFC 5321 §F.1',
  ),
  row(
    'XCLIENT',
    'A trusted proxy can say who the real client is. Offered only to addresses that the server trusts.',
    'What may be told, as NAME ADDR PORT PROTO HELO LOGIN.',
    'as documented by Postfix',
  ),
  row(
    'XFORWARD',
    'A filter can say who the real client was, for the log.',
    'What may be told, as NAME ADDR PORT PROTO HELO SOURCE.',
    'as documented by Postfix',
  ),
  row('X-EXPS', 'Signing in between Exchange servers.', 'The mechanisms.', 'as documented by Microsoft'),
  row(
    'XEXCH50',
    'Extra properties of a message between old Exchange servers.',
    '',
    'as documented by Microsoft',
  ),
  row(
    'X-ANONYMOUSTLS',
    'TLS between Exchange servers of one organisation, with their own certificates.',
    '',
    'as documented by Microsoft',
  ),
]

const byKeyword = new Map(extensionRows.map((one) => [one.keyword, one]))

/** `keyword` in any case; undefined for one that is not in the table. */
export const findExtension = (keyword: string): ExtensionRow | undefined =>
  byKeyword.get(keyword.toUpperCase())
