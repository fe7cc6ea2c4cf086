/** Owns: reply codes 5xx: no. The same command will fail again. */
import type { ReplyCode } from './types.ts'

const returned = 'A good client does not repeat it, and tells the sender what the text says.'

export const permanentReplies: readonly ReplyCode[] = [
  {
    code: 500,
    name: 'Command not known',
    words: 'The server does not know this command, or the line is too long.',
    next: 'A good client does without this command. After EHLO it tries HELO.',
    reference: 'RFC 5321 §4.2.4',
    at: {
      AUTH: { words: 'The line is longer than the server takes while signing in.', reference: 'RFC 4954 §6' },
    },
  },
  {
    code: 501,
    name: 'Bad arguments',
    words: 'The server knows the command but cannot read what follows it.',
    next: 'A good client corrects the line. Sending it unchanged will fail again.',
    reference: 'RFC 5321 §4.2.3',
    at: {
      AUTH: {
        words: 'The answer was no valid base64, or the client gave up with *.',
        reference: 'RFC 4954 §4',
      },
      STARTTLS: { words: 'STARTTLS takes no parameters, and there was one.', reference: 'RFC 3207 §4' },
    },
  },
  {
    code: 502,
    name: 'Command not implemented',
    words: 'The server knows the command but does not do it.',
    next: 'A good client does without this command.',
    reference: 'RFC 5321 §4.2.4',
  },
  {
    code: 503,
    name: 'Wrong order',
    words: 'The command came at the wrong moment.',
    next: 'A good client sends what is missing first, or RSET to begin the message again.',
    reference: 'RFC 5321 §4.1.4',
    at: {
      AUTH: {
        words: 'Signing in is not possible here: it was done already, or a message has begun.',
        reference: 'RFC 4954 §4',
      },
      MAIL: { words: 'A message has begun already, or the greeting is missing.' },
      RCPT: { words: 'No sender has been accepted yet, so there is no message to add a recipient to.' },
      DATA: { words: 'No recipient was accepted, or no sender was named.', reference: 'RFC 5321 §3.3' },
    },
  },
  {
    code: 504,
    name: 'Parameter not implemented',
    words: 'The server knows the command but not this parameter.',
    next: 'A good client sends the command without the parameter, if it can.',
    reference: 'RFC 5321 §4.2.3',
    at: {
      AUTH: {
        words: 'The server does not know this way of signing in.',
        next: 'A good client chooses a mechanism that the EHLO reply names.',
        reference: 'RFC 4954 §4',
      },
    },
  },
  {
    code: 521,
    name: 'Host takes no mail',
    words: 'This host takes no mail at all.',
    next: 'A good client hangs up, does not come back for this message, and tells the sender.',
    reference: 'RFC 7504 §3',
  },
  {
    code: 523,
    name: 'Encryption needed',
    // The registry of enhanced codes pairs 523 with X.7.10, 524 with X.7.11 and 525 with X.7.13; no RFC on replies has them.
    words: 'With the enhanced code 5.7.10: this way of signing in wants encryption around it.',
    next: 'A good client says STARTTLS and signs in again, or chooses a stronger mechanism.',
    reference: 'IANA registry',
  },
  {
    code: 524,
    name: 'Encryption needed to sign in so',
    words: 'With the enhanced code 5.7.11: this way of signing in is allowed inside encryption only.',
    next: 'A good client says STARTTLS and signs in again.',
    reference: 'IANA registry',
  },
  {
    code: 525,
    name: 'Account disabled',
    words: 'With the enhanced code 5.7.13: the credentials were right, and the account is disabled.',
    next: 'A good client does not ask for the password again. The user’s administrator can enable the account.',
    reference: 'IANA registry',
  },
  {
    code: 530,
    name: 'Sign in first',
    words: 'The server wants you to sign in first.',
    next: 'A good client signs in with AUTH, inside TLS, and sends the command again.',
    reference: 'RFC 4954 §6',
    at: {
      AUTH: {
        words: 'The server wants TLS before anybody signs in.',
        next: 'A good client sends STARTTLS first. The password stays here until then.',
        reference: 'RFC 3207 §4',
      },
    },
  },
  {
    code: 534,
    name: 'Mechanism too weak',
    words: 'This way of signing in is too weak for this user.',
    next: 'A good client chooses a stronger mechanism that the EHLO reply names.',
    reference: 'RFC 4954 §6',
  },
  {
    code: 535,
    name: 'Sign-in refused',
    words: 'The server refused the user name or password.',
    next: 'A good client does not repeat it, because accounts lock. It asks the user.',
    reference: 'RFC 4954 §6',
  },
  {
    code: 538,
    name: 'Mechanism needs encryption',
    words: 'This way of signing in is allowed inside TLS only. Newer servers say 530 instead.',
    next: 'A good client sends STARTTLS first, then signs in.',
    reference: 'RFC 4954 §6',
  },
  {
    code: 550,
    name: 'Refused, mailbox unavailable',
    words: 'Refused: no such mailbox, or the server does not want it.',
    next: returned,
    reference: 'RFC 5321 §4.2.3',
    at: {
      EHLO: { words: 'Refused: the server does not accept the name that the client gave itself.' },
      MAIL: { words: 'Refused: the server does not take mail from this sender or this address.' },
      RCPT: {
        words: 'This recipient is refused: no such mailbox, or policy does not allow it.',
        next: 'A good client goes on with the other recipients, and tells the sender about this one.',
        reference: 'RFC 5321 §3.3',
      },
      'end of data': { words: 'Refused after reading the message: policy or its content.' },
    },
  },
  {
    code: 551,
    name: 'Recipient is elsewhere',
    words: 'The recipient is elsewhere, and the server does not forward. The text may name the address.',
    next: 'A good client tells the sender. It does not follow the new address unasked.',
    reference: 'RFC 5321 §3.4',
  },
  {
    code: 552,
    name: 'Too large or mailbox full',
    words: 'Refused: the message is too large, or the mailbox is full.',
    next: returned,
    reference: 'RFC 5321 §4.2.3',
    at: {
      MAIL: {
        words: 'Refused: the size that MAIL named is more than the server takes.',
        next: 'A good client tells the sender the limit that SIZE in the EHLO reply named.',
        reference: 'RFC 1870 §6',
      },
      RCPT: {
        words: 'This recipient is refused: the mailbox is full. Older servers mean too many recipients.',
        next: 'A good client treats it like 452: it sends to those accepted, then again to the rest.',
        reference: 'RFC 5321 §4.5.3.1.10',
      },
    },
  },
  {
    code: 553,
    name: 'Address not allowed',
    words: 'Refused: the server does not allow this address, or cannot read it.',
    next: returned,
    reference: 'RFC 5321 §4.2.3',
  },
  {
    code: 554,
    name: 'Transaction failed',
    words: 'Refused. The transaction failed, and the text is all that says why.',
    next: returned,
    reference: 'RFC 5321 §4.2.3',
    at: {
      greeting: {
        words: 'The server takes no mail from this client.',
        next: 'A good client says QUIT and hangs up.',
        reference: 'RFC 5321 §3.1',
      },
      DATA: {
        words: 'No recipient was accepted, so there is nobody to take the message.',
        reference: 'RFC 5321 §3.3',
      },
      'end of data': { words: 'Refused after reading the message. Nothing was kept.' },
    },
  },
  {
    code: 555,
    name: 'Parameters not known',
    words: 'The parameters of MAIL or RCPT are not known to the server, or it does not grant them.',
    next: 'A good client uses only parameters of extensions that the EHLO reply names.',
    reference: 'RFC 5321 §4.1.1.11',
  },
  {
    code: 556,
    name: 'Domain takes no mail',
    words: 'The domain of the recipient takes no mail. Its DNS says so with a null MX.',
    next: returned,
    reference: 'RFC 7504 §4',
  },
]
