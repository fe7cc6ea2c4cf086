/** Owns: a connection without a socket, for testing the driver alone: the test plays the server. */
import type { Connection, ConnectionListener, Secured } from '#engine/dialogue/connection.ts'

export interface ScriptedConnection extends Connection {
  /** What was written and how, in order: texts, `close`, `destroy`, `secure`. */
  log: string[]
  /** What `write` answers. */
  roomy: boolean
  /** The server says this. */
  say(text: string): void
  /** Answers a `secure` that is under way. */
  answerTls(secured: Secured): void
  listener: ConnectionListener
}

export function scriptedConnection(): ScriptedConnection {
  const log: string[] = []
  let sealed = false
  let resolveTls: ((secured: Secured) => void) | undefined
  const nobody: ConnectionListener = { bytes() {}, drained() {}, ended() {} }
  const connection: ScriptedConnection = {
    log,
    roomy: true,
    listener: nobody,
    get sealed() {
      return sealed
    },
    listen: (listener) => void (connection.listener = listener),
    write(bytes) {
      log.push(new TextDecoder().decode(bytes))
      return connection.roomy
    },
    cork() {},
    uncork() {},
    secure() {
      log.push('secure')
      return new Promise((resolve) => (resolveTls = resolve))
    },
    close: () => void log.push('close'),
    destroy: () => void log.push('destroy'),
    reset: () => void log.push('reset'),
    breakOff: () => void log.push('break off'),
    say: (text) => connection.listener.bytes(new TextEncoder().encode(text)),
    answerTls(secured) {
      sealed = secured.ok
      resolveTls?.(secured)
    },
  }
  return connection
}
