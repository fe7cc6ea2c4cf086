/** Owns: which mechanism another program is told to sign in by, when it may not know the one of the session. */
import type { Script } from './script.ts'

export interface SignIn {
  /** To be named; null leaves the choice to the program. */
  mechanism: string | null
  /** What is different from the session, in fixed words. */
  notes: string[]
}

/** Of SCRAM (RFC 5802, RFC 7677) most of these programs know nothing, or only in some builds; of the others none does. */
const isUnknown = (mechanism: string): boolean =>
  mechanism.startsWith('SCRAM-') || ['DIGEST-MD5', 'NTLM', 'GSSAPI'].includes(mechanism)

/** Whether the mechanism answers a challenge, so that the password is not read by who listens or by a wrong server. */
export const hidesPassword = (mechanism: string): boolean => mechanism === 'CRAM-MD5' || isUnknown(mechanism)

/**
 * `program` is named in the note. Inside TLS with a server that is checked it may choose of what is offered. Elsewhere only
 * a mechanism that hides the password stands in for one that did: else repeating a session would show what it had not.
 */
export function signInOf({ mechanism, tls, verify }: Script, program: string): SignIn {
  if (mechanism === null || !isUnknown(mechanism)) return { mechanism, notes: [] }
  if (tls === 'none' || !verify)
    return {
      mechanism: 'CRAM-MD5',
      notes: [
        `CRAM-MD5 takes the place of ${mechanism}, which ${program} may not know; it hides the password too.`,
      ],
    }
  const words = `${program} may not know ${mechanism}: it signs in by what it knows of what the server offers, PLAIN perhaps, inside TLS.`
  return { mechanism: null, notes: [words] }
}
