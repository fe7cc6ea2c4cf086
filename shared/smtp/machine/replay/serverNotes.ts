/** Owns: what a replayed server notes: the client's lines with their secrets masked, and the recorded replies it said. */
import type { Line } from '../../grammar/lineReader.ts'
import { maskLine, unmasked } from '../../grammar/mask.ts'
import { finding } from '../advice.ts'
import type { Effect, Outgoing, Phase } from '../types.ts'
import { sensibleReply, type Asked } from './match.ts'
import type { RecordedReply } from './types.ts'

const phases: Record<string, Phase> = {
  greeting: 'banner', EHLO: 'ehlo', HELO: 'ehlo', STARTTLS: 'starttls', AUTH: 'auth', MAIL: 'mail', RCPT: 'rcpt',
  DATA: 'data', BDAT: 'body', content: 'body', QUIT: 'quit',
} // prettier-ignore
const phaseOf = (verb: string | undefined): Phase => phases[verb ?? ''] ?? 'other'

/** `exchange`: the line answers a 334; `guarded`: an AUTH was said and has not succeeded. */
export function lineNote(line: Line, verb: string, exchange: boolean, guarded: boolean): Effect {
  const shown = maskLine(line.raw, { exchange, refused: guarded })
  const cut = line.cut ? { cutFrom: line.size } : {}
  const phase = exchange ? 'auth' : phaseOf(verb)
  const known = verb === '' ? undefined : verb
  return { type: 'note', note: { kind: 'line', direction: 'to-server', phase, shown, verb: known, ...cut } }
}

export function replyNote({ bytes, code }: RecordedReply, verb: string | undefined): Effect {
  const malformed = code === undefined ? { malformed: 'not a reply, as it was recorded' } : {}
  const shown = unmasked(bytes)
  const phase = phaseOf(verb)
  return { type: 'note', note: { kind: 'reply', direction: 'to-client', phase, shown, code, ...malformed } }
}

export function replyLine(id: number, { bytes, code }: RecordedReply, verb: string | undefined): Outgoing {
  return { id, kind: 'reply', phase: phaseOf(verb), bytes, shown: unmasked(bytes), code }
}

/** Marks a command that the recording does not hold. */
export function strangeNote({ verb }: Asked): Effect {
  const what =
    verb === '' ? 'A line that is no known command' : verb === 'content' ? 'This message' : `This ${verb}`
  const message = `${what} is not in the recording; it is answered ${sensibleReply(verb).code}.`
  return differsNote(verb, message)
}

export const differsNote = (verb: string, message: string): Effect => ({
  type: 'note',
  note: finding('replay-differs', phaseOf(verb), message, { side: 'client' }),
})
