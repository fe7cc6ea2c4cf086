/** Owns: reading the attempts to connect out of a session's transcript, and how far the one that worked got. */
import { authMechanisms, has, overwritten } from '../smtp/grammar/capabilities.ts'
import type { EventOf } from '../transcript/event.ts'
import type { Attempt, Session } from './facts.ts'
import { readTranscript } from './reading/read.ts'
import type { Reading } from './reading/types.ts'

/** One for each `connect` of the main course; none when not even an address was found. */
export function readAttempts({ id, head, events }: Session): Attempt[] {
  const reading = readTranscript(head, events)
  return reading.events.flatMap((event) =>
    event.kind === 'connect'
      ? [attempt(event, event.outcome === 'connected' ? reading : undefined, { id, head })]
      : [],
  )
}

function attempt(
  connect: EventOf<'connect'>,
  reading: Reading | undefined,
  { id, head }: Pick<Session, 'id' | 'head'>,
): Attempt {
  const { address, family, port, outcome, took } = connect
  const base = { host: head.host, address, family, port, mode: head.tls, outcome, took }
  if (!reading)
    return {
      ...base,
      proof: { session: id, events: [connect.seq] },
      greeted: false,
      masked: false,
      mechanisms: [],
    }
  const { greeting, hellos, events } = reading
  const clear = hellos.find(({ sealed }) => !sealed)
  const tls = events.findLast((event) => event.kind === 'tls' && event.outcome === 'established')
  const seqs = [connect.seq, greeting?.reply?.seq, clear?.reply.seq, tls?.seq, hellos.at(-1)?.reply.seq]
  return {
    ...base,
    proof: { session: id, events: [...new Set(seqs.filter((seq) => seq !== undefined))] },
    greeted: greeting?.answer?.code === 220,
    masked: isMasked(reading),
    mechanisms: authMechanisms(hellos.at(-1)?.capabilities ?? []),
    ...(clear ? { starttls: has(clear.capabilities, 'STARTTLS') } : {}),
    ...(tls?.kind === 'tls' ? { tls: { version: tls.version, verified: tls.verified } } : {}),
  }
}

const isMasked = ({ greeting, hellos }: Reading): boolean =>
  /\*{4}/.test(greeting?.reply?.raw.slice(0, 600) ?? '') ||
  hellos.some(({ capabilities }) => overwritten(capabilities).length > 0)
