/** Owns: the id of a message: its session and body, `SESSION.BODY`. */

export const messageId = (session: string, body: number): string => `${session}.${body}`

/** Session and body of a message's id, or null when it is none. */
export function parseMessageId(id: string): { session: string; body: number } | null {
  const found = /^(.+)\.(\d{1,9})$/s.exec(id)
  return found === null ? null : { session: found[1]!, body: Number(found[2]) }
}
