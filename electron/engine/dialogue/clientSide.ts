/** Owns: holding the commands of a client: where it stops, what cannot be done where, what is a secret, how long a server waits. */
import { Spoken } from '#shared/smtp/grammar/spoken.ts'
import { stopReason } from './breakpoint.ts'
import type { GateSide, LineAction, MachineView } from './gateTypes.ts'
import { readTyped } from './typed.ts'

const inContentWords: Record<LineAction, string> = {
  edit: 'Message content cannot be edited here; edit the message and send again.',
  skip: 'The server awaits content now: let it go, or drop the connection so that nothing is delivered.',
  insert: 'The server takes every line as message content now; wait until its end has been answered.',
  finish:
    'QUIT would become part of the message content. Let the content go and finish afterwards, or drop the connection.',
}

/** RFC 5321 §4.5.3.2.7. */
const serverPatience = {
  patienceMs: 300_000,
  why: 'RFC 5321 §4.5.3.2.7 asks a server to wait 5 minutes at least for the next command',
}

export function createClientSide(): GateSide {
  /** AUTH was said and has not succeeded. */
  let guarded = false
  /** A person wrote some of it: what two lines cut in two may still be gone on with after a success. */
  let byHand = false
  const onWire = new Spoken()
  /** The same with what was typed and has not left: an insert waits while TLS is made. */
  let typed = onWire
  const waiting = new Set<Uint8Array>()
  const where = (view: MachineView | undefined, ahead = guarded) => ({
    exchange: view?.state === 'auth',
    refused: ahead,
  })
  return {
    role: 'client',
    direction: 'to-server',
    stop: stopReason,
    refusal(action, held, inContent) {
      const body = held?.kind === 'body'
      const around = inContent || body || held?.kind === 'body-end'
      const refused = action === 'insert' || action === 'finish' ? around : body
      return refused ? inContentWords[action] : undefined
    },
    read(raw, view, held) {
      const ahead = guarded || held?.kind === 'auth' || entersAuth(view)
      return readTyped(raw, { exchange: view.state === 'auth', ahead, line: typed })
    },
    added(bytes, view) {
      if (waiting.size === 0) typed = onWire.copy()
      waiting.add(bytes)
      if (typed.read(bytes, where(view)).announces) guarded = byHand = true
      typed.typed(bytes, where(view))
    },
    sent(line, bytes, view) {
      const ours = bytes === undefined && !waiting.delete(line.bytes)
      const said = bytes ?? line.bytes
      if (ours && line.verb === 'AUTH') guarded = true
      if (!ours && onWire.read(said, where(view)).announces) guarded = byHand = true
      if (ours) onWire.own()
      else onWire.typed(said, where(view))
      if (waiting.size === 0) typed = onWire
    },
    replied(code, view) {
      // A server may say 235 to anything: the machine knows whether an AUTH was answered.
      if (code === 235 && view?.authenticated !== false && !byHand) guarded = false
    },
    // A response means something to its own challenge only, and content is not a line.
    repeatable: (line) => line.kind === 'command' || line.verb === 'AUTH',
    patience: () => serverPatience,
    answering: () => undefined,
  }
}

/** AUTH comes next. */
const entersAuth = (view: MachineView): boolean => view.plan()[0]?.kind === 'auth'
