/**
 * Owns: what trace and information fields of a header section tell of computers and people in words of their own, which
 * have no shape to be known by: `from DESKTOP7 (HELO desk) ... (Authenticated sender: ann)` (RFC 5321 §4.4).
 */

export interface Trace {
  /** Also single labels. */
  hosts: string[]
  /** Who had signed in, as Postfix and others note. */
  user: string | undefined
}

const fieldsOf = (section: string, name: RegExp): string[] =>
  section
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .filter((field) => name.test(field))
    .map((field) => field.slice(field.indexOf(':') + 1, 4096))

const clause = /(?:^|[\s(])(?:from|by|helo|ehlo)[ =]([^\s()[\];,=@]{1,255})(?=[\s();,]|$)/gi
const signedIn = /\bauthenticated (?:sender|user|id)[:=] ?([^\s()]{1,200})/i
/** `Received: by mx (Postfix, from userid 1000)`. */
const noHosts = new Set(['userid', 'uid', 'network'])

/** One for each Received field. */
export const receivedFields = (section: string): Trace[] =>
  fieldsOf(section, /^(?:x-)?received[ \t]*:/i).map((field) => ({
    hosts: Array.from(field.matchAll(clause), ([, host = '']) => host).filter(
      (host) => /\p{L}/u.test(host) && !noHosts.has(host.toLowerCase()),
    ),
    user: signedIn.exec(field)?.[1],
  }))

export const organizations = (section: string): string[] =>
  fieldsOf(section, /^(?:x-)?organi[sz]ation[ \t]*:/i).map((field) => field.trim().slice(0, 200))
