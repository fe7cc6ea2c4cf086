/** Owns: what reply codes and enhanced status codes mean, in one sentence each, with their RFC section. */
import type { Known } from './knownVerbs.ts'

export const knownCodes: Readonly<Record<number, Known>> = {
  211: { words: 'The server tells how it stands.', reference: 'RFC 5321 §4.2.3' },
  214: { words: 'The server helps.', reference: 'RFC 5321 §4.2.3' },
  220: { words: 'The server is ready.', reference: 'RFC 5321 §4.2.3' },
  221: { words: 'The server says goodbye and closes the connection.', reference: 'RFC 5321 §4.2.3' },
  235: { words: 'The server accepted the user name and password.', reference: 'RFC 4954 §6' },
  250: { words: 'Done. The server did what was asked.', reference: 'RFC 5321 §4.2.3' },
  251: { words: 'The recipient is not local; the server forwards.', reference: 'RFC 5321 §3.4' },
  252: {
    words: 'The server does not tell whether the address exists, but takes the message.',
    reference: 'RFC 5321 §3.5.3',
  },
  334: { words: 'The server waits for the next step of signing in.', reference: 'RFC 4954 §4' },
  354: {
    words: 'The server waits for the message, until a line with a single dot.',
    reference: 'RFC 5321 §4.1.1.4',
  },
  421: {
    words: 'The server closes the connection. Trying again later is right.',
    reference: 'RFC 5321 §3.8',
  },
  432: { words: 'The account needs a new password first.', reference: 'RFC 4954 §6' },
  450: {
    words: 'Not now: the mailbox cannot be reached. Trying again later is right.',
    reference: 'RFC 5321 §4.2.3',
  },
  451: {
    words: 'Not now: the server could not process it. Trying again later is right.',
    reference: 'RFC 5321 §4.2.3',
  },
  452: {
    words: 'Not now: the server is short of room, or has enough recipients.',
    reference: 'RFC 5321 §4.5.3.1.10',
  },
  454: { words: 'Not now: signing in or TLS does not work at the moment.', reference: 'RFC 4954 §6' },
  455: { words: 'Not now: the parameters cannot be granted at the moment.', reference: 'RFC 5321 §4.2.3' },
  500: { words: 'The server does not know this command.', reference: 'RFC 5321 §4.2.4' },
  501: { words: 'The server knows the command but not what follows it.', reference: 'RFC 5321 §4.2.4' },
  502: { words: 'The server knows the command but does not do it.', reference: 'RFC 5321 §4.2.4' },
  503: { words: 'The command came at the wrong moment.', reference: 'RFC 5321 §4.2.4' },
  504: { words: 'The server does not support this parameter or mechanism.', reference: 'RFC 5321 §4.2.4' },
  521: { words: 'This host takes no mail at all.', reference: 'RFC 7504' },
  530: { words: 'The server wants you to sign in first.', reference: 'RFC 4954 §6' },
  534: { words: 'This way of signing in is too weak for the server.', reference: 'RFC 4954 §6' },
  535: { words: 'The server refused the user name or password.', reference: 'RFC 4954 §6' },
  538: { words: 'This way of signing in needs encryption.', reference: 'RFC 4954 §6' },
  550: { words: 'Refused: no such mailbox, or the server does not want it.', reference: 'RFC 5321 §4.2.3' },
  551: { words: 'The recipient is elsewhere.', reference: 'RFC 5321 §3.4' },
  552: { words: 'Refused: the message is too large or the mailbox is full.', reference: 'RFC 5321 §4.2.3' },
  553: { words: 'Refused: the server does not allow this address.', reference: 'RFC 5321 §4.2.3' },
  554: { words: 'Refused. The transaction failed.', reference: 'RFC 5321 §4.2.3' },
  555: { words: 'The parameters of MAIL or RCPT are not known.', reference: 'RFC 5321 §4.1.1.11' },
  556: { words: 'This domain takes no mail.', reference: 'RFC 7504' },
}

/** The first digit (RFC 5321 §4.2.1). */
export const firstDigit: Readonly<Record<string, string>> = {
  2: 'Done. The command worked.',
  3: 'Good so far. The server waits for more.',
  4: 'Not now. The same may work later.',
  5: 'No. The same will fail again.',
}

const classes: Readonly<Record<string, string>> = { 2: 'Success', 4: 'Not now', 5: 'Failure' }
/** RFC 3463 §3: the middle number. */
const subjects: Readonly<Record<string, string>> = {
  0: 'nothing more said',
  1: 'about the address',
  2: 'about the mailbox',
  3: 'about the mail system',
  4: 'about the network or routing',
  5: 'about the protocol',
  6: 'about the content',
  7: 'about security or policy',
}

/** As "Success, about security or policy" (RFC 3463). */
export function enhancedWords(enhanced: string): string {
  const [kind = '', subject = ''] = enhanced.split('.')
  return `${classes[kind] ?? 'Unknown class'}, ${subjects[subject] ?? 'about something of its own'}.`
}
