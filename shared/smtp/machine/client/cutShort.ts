/**
 * Owns: what a connection that ended too early means, by how it ended and how far the dialogue had come. Read by the
 * machine while a session runs, and by the diagnosis of a recorded or imported one.
 */
import type { FindingCode } from '../advice.ts'
import type { Phase } from '../types.ts'

const closed: Partial<Record<Phase, FindingCode>> = {
  banner: 'banner-closed', ehlo: 'ehlo-closed', starttls: 'starttls-closed', tls: 'tls-closed', auth: 'auth-closed',
  body: 'body-closed',
} // prettier-ignore
const reset: Partial<Record<Phase, FindingCode>> = {
  banner: 'banner-reset', tls: 'tls-reset', body: 'body-closed',
} // prettier-ignore

/** Ends a sentence that begins with what the server did. */
export const places: Record<Phase, string> = {
  banner: 'before its greeting', ehlo: 'while EHLO was under way', starttls: 'instead of answering STARTTLS',
  tls: 'during the TLS handshake', auth: 'during AUTH', mail: 'after MAIL', rcpt: 'after RCPT', data: 'after DATA',
  body: 'while the content was under way', quit: 'after QUIT', other: 'between two commands',
} // prettier-ignore

/** The finding for a server that closed or reset the connection in this phase, and its sentence. */
export function cutShort(how: 'closed' | 'reset', phase: Phase): { code: FindingCode; message: string } {
  const usual = how === 'closed' ? 'closed-unexpectedly' : 'reset-unexpectedly'
  const code = (how === 'closed' ? closed : reset)[phase] ?? usual
  return { code, message: `The server ${how} the connection ${places[phase]}.` }
}
