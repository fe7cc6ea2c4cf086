/** Owns: reply codes 2xx and 3xx: the command worked, or the server waits for more. */
import type { ReplyCode } from './types.ts'

export const positiveReplies: readonly ReplyCode[] = [
  {
    code: 211,
    name: 'System status or help',
    words: 'The server tells how it stands.',
    next: 'A good client shows the text to a person and goes on.',
    reference: 'RFC 5321 §4.2.3',
  },
  {
    code: 214,
    name: 'Help',
    words: 'The server explains a command to a person.',
    next: 'A good client shows the text to a person and goes on.',
    reference: 'RFC 5321 §4.2.3',
  },
  {
    code: 220,
    name: 'Ready',
    words: 'The server is ready.',
    next: 'A good client says EHLO.',
    reference: 'RFC 5321 §4.2.3',
    at: {
      greeting: {
        words: 'The server greets the client and is ready. The first word of the text is its name.',
        reference: 'RFC 5321 §4.2',
      },
      STARTTLS: {
        words: 'The server is ready for TLS. The next bytes in both directions are the handshake.',
        next: 'A good client starts the handshake, then forgets what it learned before and says EHLO again.',
        reference: 'RFC 3207 §4',
      },
    },
  },
  {
    code: 221,
    name: 'Closing the connection',
    words: 'The server says goodbye and closes the connection.',
    next: 'A good client closes its side too.',
    reference: 'RFC 5321 §4.1.1.10',
  },
  {
    code: 235,
    name: 'Signed in',
    words: 'The server accepted the user name and password.',
    next: 'A good client sends MAIL. A second AUTH would be answered 503.',
    reference: 'RFC 4954 §6',
  },
  {
    code: 250,
    name: 'Requested action done',
    words: 'Done. The server did what was asked.',
    next: 'A good client goes on with its next command.',
    reference: 'RFC 5321 §4.2.3',
    at: {
      EHLO: {
        words: 'The server names itself, then what it offers, one extension on each line.',
        next: 'A good client uses only what is offered here.',
        reference: 'RFC 5321 §4.1.1.1',
      },
      MAIL: {
        words: 'The sender is accepted. A new message has begun.',
        next: 'A good client names the recipients with RCPT.',
        reference: 'RFC 5321 §3.3',
      },
      RCPT: {
        words: 'This recipient is accepted.',
        next: 'A good client names the next recipient, or sends DATA.',
        reference: 'RFC 5321 §3.3',
      },
      'end of data': {
        words: 'The server has the whole message and is responsible for it from now on.',
        next: 'A good client deletes its own copy. Accepted is not yet delivered.',
        reference: 'RFC 5321 §6.1',
      },
      VRFY: {
        words: 'The address exists. The text names the mailbox.',
        reference: 'RFC 5321 §3.5.2',
      },
      ETRN: {
        words: 'The server has begun to work through the queue for this host.',
        next: 'A good client waits for connections on its own port 25.',
        reference: 'RFC 1985',
      },
    },
  },
  {
    code: 251,
    name: 'Not local, will forward',
    words: 'The recipient is not here, but the server takes the message and forwards it.',
    next: 'A good client goes on. It may note the new address that the text names.',
    reference: 'RFC 5321 §3.4',
    at: { ETRN: { words: 'No mail is waiting for this host.', reference: 'RFC 1985' } },
  },
  {
    code: 252,
    name: 'Not verified, will try',
    words: 'The server does not say whether the address exists. It would take a message and try.',
    next: 'A good client sends the message, if it has one.',
    reference: 'RFC 5321 §3.5.3',
    at: {
      ETRN: {
        words: 'Mail is waiting for this host, and its delivery has begun.',
        next: 'A good client waits for connections on its own port 25.',
        reference: 'RFC 1985',
      },
    },
  },
  {
    code: 253,
    name: 'Queued messages started',
    words: 'Mail is waiting for this host, and its delivery has begun. The text says how many messages.',
    next: 'A good client waits for connections on its own port 25.',
    reference: 'RFC 1985',
  },
  {
    code: 334,
    name: 'Next step of signing in',
    words: 'The server asks for the next step of signing in. Its text is a question in base64.',
    next: 'A good client answers with one base64 line, or with a single * to give up.',
    reference: 'RFC 4954 §4',
  },
  {
    code: 354,
    name: 'Send the message',
    words: 'The server waits for the message, until a line with a single dot.',
    next: 'A good client sends the message, doubles a dot at the start of a line, and ends with a dot alone.',
    reference: 'RFC 5321 §4.1.1.4',
  },
]
