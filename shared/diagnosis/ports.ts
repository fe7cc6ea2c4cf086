/** Owns: what can be said of a port by its number alone, as a hint at the end of a next step. */

const hints: ReadonlyMap<number, string> = new Map([
  [25, ' Many access providers and clouds block port 25 outwards: for sending mail use 587, 465 or 2525.'],
  [465, ' Some servers do not offer 465 (implicit TLS): try 587 with STARTTLS.'],
  [587, ' Try 465 with implicit TLS, or 2525 where the provider offers it.'],
  [2525, ' 2525 is a convention of some providers, not a standard: try 587 or 465.'],
])

const readers: ReadonlyMap<number, string> = new Map([
  [110, 'POP3'],
  [143, 'IMAP'],
  [993, 'IMAP over TLS'],
  [995, 'POP3 over TLS'],
])

/** A sentence with a leading space, or nothing. */
export const portAdvice = (port: number): string => hints.get(port) ?? ''

/** The protocol that reads mail on this port, when it is one of those. */
export const readingProtocol = (port: number): string | undefined => readers.get(port)
