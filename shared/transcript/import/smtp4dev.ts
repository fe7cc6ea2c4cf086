/**
 * Owns: the session log of smtp4dev: both sides' lines as they came, without marks or times, the server's own greeting at
 * the top, content included; what came after STARTTLS is decrypted.
 */
import { readTelnet } from './telnet.ts'
import type { ImportedSession, SourceLine, Steps, Surroundings } from './types.ts'

export function* readSmtp4dev(
  lines: readonly SourceLine[],
  surroundings: Surroundings,
): Steps<ImportedSession> {
  const session = yield* readTelnet(lines, surroundings, true)
  return { ...session, head: { ...session.head, title: 'smtp4dev session' } }
}
