/** Owns: how a server session ends when the client did not say QUIT. */
import type { Input, Outcome } from '../types.ts'
import { noteUnfinished } from './commands.ts'
import { ended, type ServerCore } from './core.ts'

const places: Partial<Record<string, string>> = {
  connecting: 'before it was greeted', fresh: 'before EHLO', handshake: 'during the TLS handshake', auth: 'during AUTH',
  envelope: 'inside a transaction', addressed: 'inside a transaction', data: 'in the middle of the content',
  discard: 'in the middle of the content', chunk: 'in the middle of the content', chunks: 'between two chunks',
  commit: 'before the message was answered; it may be kept all the same',
} // prettier-ignore

/** We are the server: what to do is with who left. */
const leftAlone = 'Look into the log of the client for why it left without QUIT.'
const lost = 'Nothing of this message is kept. Look into the log of the client for why it stopped.'

type Ended = Extract<Input, { type: 'ended' }>

export function onEnded(core: ServerCore, { how, message }: Ended): void {
  noteUnfinished(core)
  if (core.outcome) return core.finish(core.outcome, true)
  if (how === 'failed' || how === 'dropped') {
    return core.finish(ended(how, how === 'failed' ? 'client' : 'person', message), true)
  }
  core.finish(explain(core, how), true)
}

function explain(core: ServerCore, how: 'closed' | 'reset'): Outcome {
  if (core.leaving) return ended('completed', 'client', 'The client said QUIT and closed the connection.')
  const place = places[core.state]
  const did = how === 'closed' ? 'closed' : 'reset'
  const sentence = `The client ${did} the connection ${place ?? 'without QUIT'}.`
  const inContent = core.decoder !== null || core.state === 'chunk' || core.state === 'chunks'
  const usual = how === 'closed' ? 'closed-unexpectedly' : 'reset-unexpectedly'
  const phase = core.state === 'handshake' ? 'tls' : inContent ? 'body' : 'other'
  const tls = how === 'closed' ? 'tls-closed' : 'tls-reset'
  // A client that asked for nothing and leaves (a health check, a port scan) is no fault.
  if (place !== undefined && core.state !== 'fresh' && core.state !== 'connecting') {
    const code = core.state === 'handshake' ? tls : inContent ? 'body-closed' : usual
    core.finding(
      code,
      phase,
      sentence,
      code === tls ? {} : { next: inContent && core.state !== 'commit' ? lost : leftAlone },
    )
  }
  return ended(how, 'client', sentence)
}
