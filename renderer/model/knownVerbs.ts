/** Owns: what each SMTP command asks for, in one sentence, with its RFC section. */

export interface Known {
  words: string
  reference: string
}

export const knownVerbs: Readonly<Record<string, Known>> = {
  EHLO: { words: 'The client names itself and asks what the server offers.', reference: 'RFC 5321 §4.1.1.1' },
  HELO: {
    words: 'The client names itself, in the old way, without asking for extensions.',
    reference: 'RFC 5321 §4.1.1.1',
  },
  STARTTLS: {
    words: 'The client asks to go on inside TLS, on this same connection.',
    reference: 'RFC 3207 §4',
  },
  AUTH: { words: 'The client signs in.', reference: 'RFC 4954 §4' },
  MAIL: {
    words: 'The client names the sender that bounces go to. A new message begins.',
    reference: 'RFC 5321 §4.1.1.2',
  },
  RCPT: { words: 'The client names one recipient.', reference: 'RFC 5321 §4.1.1.3' },
  DATA: { words: 'The client asks to send the message itself.', reference: 'RFC 5321 §4.1.1.4' },
  BDAT: { words: 'The client sends a counted piece of the message.', reference: 'RFC 3030 §2' },
  RSET: { words: 'The client drops the message it had begun.', reference: 'RFC 5321 §4.1.1.5' },
  VRFY: { words: 'The client asks whether an address exists.', reference: 'RFC 5321 §4.1.1.6' },
  EXPN: { words: 'The client asks who is on a mailing list.', reference: 'RFC 5321 §4.1.1.7' },
  HELP: { words: 'The client asks for help.', reference: 'RFC 5321 §4.1.1.8' },
  NOOP: { words: 'The client asks for nothing but an answer.', reference: 'RFC 5321 §4.1.1.9' },
  QUIT: { words: 'The client says goodbye.', reference: 'RFC 5321 §4.1.1.10' },
}
