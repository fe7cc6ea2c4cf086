/**
 * Owns: holding the replies of our server: where it stops, which command a reply answers, how long a client waits for it
 * (RFC 5321 §4.5.3.2). A reply may be changed into anything: that is what it is held for.
 */
import type { Moment } from '#shared/knowledge/types.ts'
import { fromByteString } from '#shared/bytes/bytes.ts'
import type { Note, Outgoing } from '#shared/smtp/machine/types.ts'
import { namesCode } from '../dialogue/breakpoint.ts'
import type { GateSide } from '../dialogue/gateTypes.ts'

const moments: Record<string, Moment> = {
  CONNECT: 'greeting', EHLO: 'EHLO', HELO: 'EHLO', STARTTLS: 'STARTTLS', AUTH: 'AUTH', MAIL: 'MAIL', RCPT: 'RCPT',
  DATA: 'DATA', '.': 'end of data', BDAT: 'end of data', VRFY: 'VRFY', EXPN: 'VRFY', QUIT: 'QUIT',
} // prettier-ignore

const minutes: Record<string, [number, string]> = {
  CONNECT: [5, '§4.5.3.2.1'],
  MAIL: [5, '§4.5.3.2.2'],
  RCPT: [5, '§4.5.3.2.3'],
  DATA: [2, '§4.5.3.2.4'],
  BDAT: [3, '§4.5.3.2.5'],
  '.': [10, '§4.5.3.2.6'],
}

export interface ReplySide extends GateSide {
  /** What the client said is noted: a line, or content. */
  noted(note: Note): void
  /** What the reply with this phase answers: a verb, `CONNECT`, `.` for the end of data, or '' when it is not known. */
  answers(line: Outgoing): string
  /** A whole message was answered with silence by hand, and is not kept. */
  silent(): void
}

const named: Record<string, string> = {
  CONNECT: 'the greeting',
  '.': 'the end of data',
  '': 'the next reply',
}

/** As "before the answer to RCPT". */
const words = (answers: string): string =>
  answers === 'CONNECT' || answers === ''
    ? `before ${named[answers]}`
    : `before the answer to ${named[answers] ?? answers}`

const tooEarly =
  'The client would take this for the answer to its message, which is not kept yet. Change the held answer instead, or let it go.'

const tooLate =
  'The answer to the message was skipped, so it is not kept, and the client would take this for a promise that it is. Say 4xx or 5xx, or drop the connection.'

/** `code`: the one by which the client would go if these octets were said now. */
export function createReplySide(code: (bytes: Uint8Array) => number): ReplySide {
  let verb = ''
  let content = false
  let unanswered = false
  const answers = ({ id, phase }: Outgoing): string => {
    if (phase === 'banner') return 'CONNECT'
    // A line without an id of the machine stands for the reply to a whole message, by DATA or BDAT.
    return phase === 'body' && (content || id < 0) ? '.' : verb
  }
  return {
    role: 'server',
    direction: 'to-client',
    noted(note) {
      if (note.kind === 'line') {
        // A response in an exchange belongs to its AUTH.
        verb = note.verb ?? (note.phase === 'auth' ? 'AUTH' : '')
        content = false
        unanswered = false
      } else if (note.kind === 'reply')
        content = note.code !== undefined && note.code >= 300 && note.phase === 'data'
    },
    answers,
    silent: () => {
      unanswered = true
    },
    stop(line, { mode, breakpoints }) {
      const answered = answers(line)
      const { code: own } = line
      // The last chunk is answered as the end of data, and is a BDAT all the same.
      const chunk = answered === '.' && verb === 'BDAT' && breakpoints.includes('BDAT')
      if (chunk) return { why: 'breakpoint', words: words(answered) }
      if (answered !== '' && breakpoints.includes(answered))
        return { why: 'breakpoint', words: words(answered) }
      if (own !== undefined && namesCode(breakpoints, own)) {
        const to = answered === '' || answered === 'CONNECT' ? '' : ` to ${named[answered] ?? answered}`
        return { why: 'breakpoint', words: `before ${own}${to}` }
      }
      return mode === 'step' ? { why: 'gate', words: words(answered) } : undefined
    },
    refusal(action, held, _, bytes) {
      const early = held !== undefined && held.id < 0
      if (action !== 'insert' || bytes === undefined || !(early || unanswered)) return undefined
      if (Math.floor(code(bytes) / 100) !== 2) return undefined
      return early ? tooEarly : tooLate
    },
    read(raw) {
      const bytes = fromByteString(raw)
      return { bytes, shown: bytes, secrets: [] }
    },
    added: () => undefined,
    sent: () => undefined,
    replied: () => undefined,
    repeatable: () => true,
    patience(line) {
      const answered = answers(line)
      const [given, section] = minutes[answered] ?? [5, '']
      const to = `for the answer to ${named[answered] ?? answered}`
      const why =
        section === ''
          ? 'RFC 5321 names no time for this; five minutes, as for most commands, are usual'
          : `RFC 5321 ${section} asks a client to wait ${given} minutes at least ${answered === 'CONNECT' ? 'for the greeting' : to}`
      return { patienceMs: given * 60_000, why }
    },
    answering: (line) => moments[answers(line)],
  }
}
