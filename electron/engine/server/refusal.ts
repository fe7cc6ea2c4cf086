/**
 * Owns: turning a client away before any session begins: 421 in clear, silence where TLS would come first. It is
 * recorded like any session, because a refused client is what one looks for in the list.
 */
import type { Socket } from 'node:net'
import { utf8 } from '#shared/bytes/bytes.ts'
import type { Recorder } from '../transcripts/types.ts'
import type { SessionRules } from './rules.ts'

/** Milliseconds for the client to read the reply and close. */
const lingerMs = 1000

export function refuse(socket: Socket, rules: SessionRules, recorder: Recorder, why: string): void {
  const message = `Refused: ${why}.`
  socket.on('error', () => {})
  if (rules.tls === 'implicit') socket.destroy()
  else {
    const raw = `421 4.7.0 ${rules.machine.name} ${why}; try again later\r\n`
    recorder.write({
      kind: 'reply',
      phase: 'banner',
      direction: 'to-client',
      raw,
      code: 421,
      enhanced: '4.7.0',
    })
    socket.resume()
    socket.end(utf8(raw))
    const timer = setTimeout(() => socket.destroy(), lingerMs)
    socket.once('close', () => clearTimeout(timer))
  }
  recorder.write({
    kind: 'end',
    phase: 'banner',
    direction: 'none',
    outcome: 'refused',
    by: 'server',
    message,
  })
}
