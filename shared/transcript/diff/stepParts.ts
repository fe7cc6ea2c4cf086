/** Owns: making one step, and what a line or a reply says about the step it belongs to. Nothing about their order. */
import type { EventOf, TranscriptEvent } from '../event.ts'
import type { SeqRange, Step, StepKind } from './types.ts'

const kindOfVerb: Record<string, StepKind> = {
  EHLO: 'ehlo', HELO: 'ehlo', LHLO: 'ehlo', STARTTLS: 'starttls', AUTH: 'auth', MAIL: 'mail', RCPT: 'rcpt', DATA: 'data', BDAT: 'body', QUIT: 'quit',
} // prettier-ignore

/** The first word of a line that looks like a command; a transcript from elsewhere may not name its verbs. */
const verbOf = (line: EventOf<'line'>): string =>
  (line.verb ?? /^[A-Za-z]{4,10}(?=[ \r\n]|$)/.exec(line.raw)?.[0] ?? '').toUpperCase()

/** Characters of an address that are read; an address has 256 at most (RFC 5321 §4.5.3.1.3). */
const addressReach = 400

/** `RCPT TO:<a@b>` -> `a@b`; quoted local parts may hold `>`. */
function recipientOf(line: EventOf<'line'>): string {
  const text = line.raw.slice(0, addressReach)
  const start = text.indexOf('<')
  const end = text.indexOf('>', text.includes('"') ? text.lastIndexOf('"') : start)
  const found = start < 0 || end < start ? text.slice(text.indexOf(':') + 1) : text.slice(start + 1, end)
  return found.trim().toLowerCase()
}

export function newStep(kind: StepKind, event: TranscriptEvent, verb = ''): Step {
  return {
    kind,
    verb,
    key: kind === 'other' ? `other ${verb}` : kind,
    address: '',
    ranges: [[event.seq, event.seq]],
    sealed: event.sealed === true,
    command: undefined,
    reply: undefined,
    event: undefined,
    octets: 0,
    rounds: 0,
    from: event.at,
    to: event.at,
    held: 0,
    times: 1,
    tally: [],
    findings: [],
  }
}

/** A command that begins a step. */
export function commandStep(line: EventOf<'line'>): Step {
  const verb = verbOf(line)
  const kind = kindOfVerb[verb] ?? 'other'
  const step = newStep(kind, line, verb)
  step.command = line
  if (kind === 'rcpt') step.address = recipientOf(line)
  return step
}

/** Ranges that are kept of one step; a counter of many steps may have more. */
const rangeLimit = 10_000

/** Adds an event's number. Pipelined commands and their replies make two ranges, not many. */
export function addSeq(ranges: SeqRange[], seq: number): void {
  for (let at = ranges.length - 1; at >= 0 && at >= ranges.length - 3; at--) {
    const range = ranges[at]!
    if (range[1] !== seq - 1) continue
    range[1] = seq
    return
  }
  if (ranges.length < rangeLimit) ranges.push([seq, seq])
}

/** As `250 2.1.5`; what is no reply has none. */
export const answerOf = (reply: EventOf<'reply'> | undefined): string =>
  reply === undefined
    ? 'no reply'
    : [reply.code ?? 'not SMTP', reply.enhanced].filter((part) => part !== undefined).join(' ')

/** The event to look at for a step: its answer, else what it began with. */
export const seqOf = (step: Step | undefined): number =>
  step === undefined ? 0 : (step.reply?.seq ?? step.ranges[0]?.[0] ?? 0)

/** Microseconds that the other side took; holds by a person or a rule are not its time. */
export function tookOf(step: Step): number {
  if (step.event?.kind === 'resolve' || step.event?.kind === 'connect' || step.event?.kind === 'tls')
    return step.event.took
  return Math.max(0, step.to - step.from - step.held)
}

/** Which way an answer points: a step without one has no class. */
export function replyClass(
  reply: EventOf<'reply'> | undefined,
): 'good' | 'later' | 'no' | 'strange' | 'none' {
  if (reply === undefined) return 'none'
  const first = Math.floor((reply.code ?? 0) / 100)
  if (first === 2 || first === 3) return 'good'
  return first === 4 ? 'later' : first === 5 ? 'no' : 'strange'
}
