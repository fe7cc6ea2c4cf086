/** Owns: reply codes 4xx: not now. The same command may work later. */
import type { ReplyCode } from './types.ts'

const later = 'A good client keeps the message and tries again later, at growing intervals.'

export const transientReplies: readonly ReplyCode[] = [
  {
    code: 421,
    name: 'Closing, try later',
    words: 'The server cannot go on and closes the connection. It may say so after any command.',
    next: 'A good client closes the connection, keeps the message and tries again later.',
    reference: 'RFC 5321 §3.8',
    at: {
      greeting: {
        words: 'The server does not take this connection now: often it is busy, or has too many from here.',
      },
    },
  },
  {
    code: 422,
    name: 'Password transition needed',
    // The registry pairs 422 with X.7.12; no RFC that defines replies has the code.
    words: 'With the enhanced code 4.7.12: the account has to move to this way of signing in.',
    next: 'A good client goes by the enhanced code and the text.',
    reference: 'IANA registry',
  },
  {
    code: 432,
    name: 'Password transition needed',
    words: 'The account has to be moved to this way of signing in first.',
    next: 'A good client signs in once with PLAIN inside TLS, if its user allows it, then tries this way again.',
    reference: 'RFC 4954 §6',
  },
  {
    code: 450,
    name: 'Mailbox unavailable now',
    words: 'Not now: the mailbox cannot be reached or is in use.',
    next: later,
    reference: 'RFC 5321 §4.2.3',
    at: {
      RCPT: {
        words:
          'Not now for this recipient: the mailbox is in use, or the server asks strangers to come back.',
        next: 'A good client goes on with the other recipients and tries this one again in 5 to 15 minutes.',
      },
      MAIL: { words: 'Not now for this sender.' },
    },
  },
  {
    code: 451,
    name: 'Local error, try later',
    words: 'Not now: something went wrong at the server. The client did nothing wrong.',
    next: later,
    reference: 'RFC 5321 §4.2.3',
    at: {
      RCPT: {
        words: 'Not now for this recipient: the server could not decide, or asks strangers to come back.',
        next: 'A good client goes on with the other recipients and tries this one again in 5 to 15 minutes.',
      },
      'end of data': { words: 'Not now: the server did not keep the message. It has to be sent again.' },
    },
  },
  {
    code: 452,
    name: 'Not enough room now',
    words: 'Not now: the server is short of room.',
    next: later,
    reference: 'RFC 5321 §4.2.3',
    at: {
      MAIL: {
        words: 'Not now: a message of this size does not fit at the moment.',
        reference: 'RFC 1870 §6',
      },
      RCPT: {
        words: 'The server takes no more recipients for this message, or this mailbox has no room now.',
        next: 'A good client sends the message to those accepted so far, then again to the rest.',
        reference: 'RFC 5321 §4.5.3.1.10',
      },
    },
  },
  {
    code: 453,
    name: 'No mail waiting',
    words: 'No mail is waiting for the domains that the client asked about.',
    next: 'A good client asks again another time.',
    reference: 'RFC 2645',
  },
  {
    code: 454,
    name: 'Sign-in or TLS not possible now',
    words: 'Not now: signing in or TLS does not work at the moment.',
    next: later,
    reference: 'RFC 4954 §6',
    at: {
      STARTTLS: {
        words: 'Not now: the server offers TLS but cannot start it, often for want of a certificate.',
        next: 'A good client that requires TLS stops here and tries again later. It sends no password in clear.',
        reference: 'RFC 3207 §4',
      },
      AUTH: {
        words: 'Not now: the server could not check the password. It does not say that it is wrong.',
        next: 'A good client tries again later, with the same password.',
      },
    },
  },
  {
    code: 455,
    name: 'Parameters not possible now',
    words: 'Not now: the server cannot grant the parameters of this command at the moment.',
    next: 'A good client tries again later, or without the parameter if it can do without.',
    reference: 'RFC 5321 §4.1.1.11',
  },
  {
    code: 458,
    name: 'Unable to queue messages',
    words: 'The server could not start the delivery of waiting mail.',
    next: 'A good client asks again later.',
    reference: 'RFC 1985',
  },
  {
    code: 459,
    name: 'Node not allowed',
    words: 'The server does not start the delivery of mail for this host.',
    next: 'A good client shows the text to a person.',
    reference: 'RFC 1985',
  },
]
