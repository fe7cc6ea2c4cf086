/** Owns: what each command asks for. First what is in use, then what is only met in old dialogues. */
import type { Entry } from './types.ts'

export interface VerbRow extends Entry {
  readonly verb: string
  readonly syntax: string
  /** What follows the verb, in two to five words; '' when nothing does. */
  readonly argument: string
  /** What to know about the argument; '' when there is none. */
  readonly argumentWords: string
}

const nothing = { argument: '', argumentWords: '' }

export const verbRows: readonly VerbRow[] = [
  {
    verb: 'EHLO',
    words: 'The client names itself and asks what the server offers.',
    syntax: 'EHLO domain or [address]',
    argument: 'name of the client',
    argumentWords: 'The client’s own host name, or its address in brackets. The server need not believe it.',
    reference: 'RFC 5321 §4.1.1.1',
  },
  {
    verb: 'HELO',
    words: 'The client names itself, in the old way, without asking for extensions.',
    syntax: 'HELO domain',
    argument: 'name of the client',
    argumentWords: 'The client’s own host name. The server need not believe it.',
    reference: 'RFC 5321 §4.1.1.1',
  },
  {
    verb: 'STARTTLS',
    words: 'The client asks to go on inside TLS, on this same connection.',
    syntax: 'STARTTLS',
    ...nothing,
    reference: 'RFC 3207 §4',
  },
  {
    verb: 'AUTH',
    words: 'The client signs in.',
    syntax: 'AUTH mechanism [initial response in base64]',
    argument: 'initial response',
    argumentWords:
      'The first answer of the mechanism, sent at once to save a round trip. = stands for an empty one.',
    reference: 'RFC 4954 §4',
  },
  {
    verb: 'MAIL',
    words: 'The client names the sender that bounces go to. A new message begins.',
    syntax: 'MAIL FROM:<address> [parameters]',
    argument: 'sender, for bounces',
    argumentWords: 'Where reports about failed delivery go. It may differ from the From that a reader sees.',
    reference: 'RFC 5321 §4.1.1.2',
  },
  {
    verb: 'RCPT',
    words: 'The client names one recipient.',
    syntax: 'RCPT TO:<address> [parameters]',
    argument: 'recipient',
    argumentWords: 'Who gets the message. It may differ from the To that a reader sees.',
    reference: 'RFC 5321 §4.1.1.3',
  },
  {
    verb: 'DATA',
    words: 'The client asks to send the message itself.',
    syntax: 'DATA',
    ...nothing,
    reference: 'RFC 5321 §4.1.1.4',
  },
  {
    verb: 'BDAT',
    words: 'The client sends a counted piece of the message. It needs no dot at the end.',
    syntax: 'BDAT octets [LAST]',
    argument: 'octets that follow',
    argumentWords:
      'So many octets follow at once, line ends counted. LAST says that the message is then complete.',
    reference: 'RFC 3030 §2',
  },
  {
    verb: 'RSET',
    words: 'The client drops the message it had begun. It stays signed in, and TLS stays.',
    syntax: 'RSET',
    ...nothing,
    reference: 'RFC 5321 §4.1.1.5',
  },
  {
    verb: 'VRFY',
    words: 'The client asks whether an address exists. Most servers do not say, because spammers asked.',
    syntax: 'VRFY name or address',
    argument: 'name or address',
    argumentWords: 'The user or mailbox that is asked about.',
    reference: 'RFC 5321 §4.1.1.6',
  },
  {
    verb: 'EXPN',
    words: 'The client asks who is on a mailing list. Most servers do not say.',
    syntax: 'EXPN list',
    argument: 'name of the list',
    argumentWords: 'The mailing list that is asked about.',
    reference: 'RFC 5321 §4.1.1.7',
  },
  {
    verb: 'HELP',
    words: 'The client asks for help, in words for a person.',
    syntax: 'HELP [command]',
    argument: 'what to explain',
    argumentWords: 'The command to be explained.',
    reference: 'RFC 5321 §4.1.1.8',
  },
  {
    verb: 'NOOP',
    words: 'The client asks for nothing but an answer. It keeps a connection awake.',
    syntax: 'NOOP [text]',
    argument: 'text, ignored',
    argumentWords: 'The server ignores it.',
    reference: 'RFC 5321 §4.1.1.9',
  },
  {
    verb: 'QUIT',
    words: 'The client says goodbye. The server answers 221 and closes.',
    syntax: 'QUIT',
    ...nothing,
    reference: 'RFC 5321 §4.1.1.10',
  },
  {
    verb: 'ETRN',
    words: 'The client asks the server to deliver the mail that waits for a host now.',
    syntax: 'ETRN host, @domain or #queue',
    argument: 'host to deliver to',
    argumentWords: 'A host, @ and a domain with all below it, or # and a name that both sides know.',
    reference: 'RFC 1985',
  },
  {
    verb: 'ATRN',
    words: 'The client asks for the mail of its domains on this same connection. Then the two change roles.',
    syntax: 'ATRN [domain, domain]',
    argument: 'domains',
    argumentWords: 'Whose mail is asked for. It has to sign in first.',
    reference: 'RFC 2645',
  },
  {
    verb: 'BURL',
    words:
      'The client hands in a message that lies on an IMAP server, by its address instead of its content.',
    syntax: 'BURL address [LAST]',
    argument: 'IMAP address',
    argumentWords:
      'Where the submission server fetches the message. LAST says that the message is then complete.',
    reference: 'RFC 4468',
  },
  {
    verb: 'XCLIENT',
    words: 'A trusted proxy tells the server who the real client is. Not a standard.',
    syntax: 'XCLIENT NAME=value ADDR=value ...',
    argument: 'the real client',
    argumentWords: 'Name, address, port, protocol, greeting or login of the real client.',
    reference: 'as documented by Postfix',
  },
  {
    verb: 'XFORWARD',
    words: 'A filter tells the next server who the real client was, for its log only. Not a standard.',
    syntax: 'XFORWARD NAME=value ADDR=value ...',
    argument: 'the real client',
    argumentWords: 'Name, address, port, protocol, greeting or source of the real client.',
    reference: 'as documented by Postfix',
  },
  {
    verb: 'LHLO',
    words:
      'The greeting of LMTP, the sister protocol that hands mail to a mailbox store. SMTP does not know it.',
    syntax: 'LHLO domain',
    argument: 'name of the client',
    argumentWords: 'The client’s own host name.',
    reference: 'RFC 2033 §4.1',
  },
  {
    verb: 'TURN',
    words:
      'Client and server were to change roles. Given up, because anybody could fetch another’s mail with it.',
    syntax: 'TURN',
    ...nothing,
    reference: 'RFC 5321 §F.1',
  },
  {
    verb: 'SEND',
    words: 'A message for the screen of a user at a terminal, instead of a mailbox. Given up.',
    syntax: 'SEND FROM:<address>',
    argument: 'sender',
    argumentWords: 'Who sends.',
    reference: 'RFC 5321 §F.6',
  },
  {
    verb: 'SOML',
    words: 'A message for the screen of a user at a terminal, or else for the mailbox. Given up.',
    syntax: 'SOML FROM:<address>',
    argument: 'sender',
    argumentWords: 'Who sends.',
    reference: 'RFC 5321 §F.6',
  },
  {
    verb: 'SAML',
    words: 'A message for the screen of a user at a terminal and for the mailbox too. Given up.',
    syntax: 'SAML FROM:<address>',
    argument: 'sender',
    argumentWords: 'Who sends.',
    reference: 'RFC 5321 §F.6',
  },
]

const byVerb = new Map(verbRows.map((row) => [row.verb, row]))

/** `verb` in any case. */
export const findVerb = (verb: string): VerbRow | undefined => byVerb.get(verb.toUpperCase())
