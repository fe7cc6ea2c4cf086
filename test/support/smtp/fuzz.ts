/** Owns: random octets and inputs for either machine, and the rules that hold whatever comes. */
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { Answer, Effect, Input, Machine, TimerName } from '#shared/smtp/machine/types.ts'
import { bytes, tls } from './pump.ts'

export const replyLines = ['220 hi', '250 ok', '250-a\r\n250-AUTH PLAIN LOGIN CRAM-MD5\r\n250-STARTTLS\r\n250-CHUNKING\r\n250 PIPELINING', '334 ', '334 VXNlcm5hbWU6', '334 ?', '235 ok', '354 go', '221 bye', '421 no', '451 later', '500 what', '530 tls', '535 no', '550 no', '999 x', 'garbage', '250-open', '\0\x01', '220', '25'] // prettier-ignore
export const commandLines = ['EHLO x', 'HELO x', 'MAIL FROM:<a@b.example>', 'MAIL FROM:<a@b.example> SIZE=9999999', 'RCPT TO:<c@d.example>', 'DATA', '.', 'x\n.\r\ny', 'BDAT 5', 'BDAT 5 LAST', 'BDAT 0 LAST', 'BDAT x', 'BDAT 999999999999', 'RSET', 'NOOP', 'STARTTLS', 'AUTH PLAIN', 'AUTH LOGIN', 'AUTH CRAM-MD5', 'AUTH PLAIN =', '*', 'AGEAYg==', 'QUIT', 'HELP', 'VRFY x', 'GET / HTTP/1.1', 'hello', 'a\rb', '\0'] // prettier-ignore

const octets = (lines: string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...lines).map((line) => bytes(line + '\r\n')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom(...lines).map((line) => bytes(line)) },
  )

const reply = { code: 550, enhanced: '5.7.1', text: ['no'] }
export const answers: fc.Arbitrary<Answer> = fc.constantFrom<Answer>(
  { accept: true }, { accept: false, reply }, { accept: true, reply: { code: 250, text: ['fine'] } },
) // prettier-ignore

export type Move = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'line'; how: 'sent' | 'edited' | 'skipped' | 'all'; bytes: Uint8Array } | { kind: 'input'; input: Input } // prettier-ignore

const timers: TimerName[] = ['greeting', 'reply', 'body-block', 'body-end', 'idle', 'session']
const some = fc.uint8Array({ maxLength: 20 })
const inputs: fc.Arbitrary<Input> = fc.oneof(
  fc.constantFrom<Input>(
    { type: 'drained' },
    { type: 'finish' },
    { type: 'secured', tls },
    { type: 'opened' },
  ),
  fc.constantFrom(...timers).map((timer): Input => ({ type: 'elapsed', timer })),
  octets(commandLines).map((value): Input => ({ type: 'insert', bytes: value })),
  octets(commandLines).map((value): Input => ({ type: 'insert', bytes: value })),
  fc.tuple(some, fc.boolean()).map(([value, last]): Input => ({ type: 'content', bytes: value, last })),
  fc.nat(5).map((id): Input => ({ type: 'sent', id })),
)

/** What happens to a machine: octets mostly of these lines, answers to what it said, and anything else at any time. */
export const moves = (lines: string[]): fc.Arbitrary<Move[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: octets(lines).map((value): Move => ({ kind: 'bytes', bytes: value })) },
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('line' as const), how: fc.constantFrom('all', 'all', 'sent', 'sent', 'edited', 'skipped'), bytes: octets([...commandLines, ...replyLines]) }) }, // prettier-ignore
      { weight: 1, arbitrary: inputs.map((input): Move => ({ kind: 'input', input })) },
    ),
    { maxLength: 60 },
  )

/** How far a well-behaved conversation goes before anything may happen: the first lines of one of these. */
export const replyBeginnings = ['PIPELINING', 'CHUNKING', 'AUTH LOGIN', 'STARTTLS', 'SIZE 9'].map((offer) => [
  '220 hi', `250-x\r\n250 ${offer}`, '250 ok', '250 ok', '250 ok', '354 go', '250 kept',
]) // prettier-ignore
export const commandBeginnings = [['DATA', 'a', '.'], ['BDAT 1\r\na'], ['BDAT 9'], ['RSET', 'AUTH LOGIN', 'eA==']].map((last) => [
  'EHLO x', 'MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>', ...last,
]) // prettier-ignore
export const beginning = (lists: string[][]): fc.Arbitrary<string[]> =>
  fc.tuple(fc.constantFrom(...lists), fc.nat(8)).map(([list, size]) => list.slice(0, size))

/**
 * Plays a beginning in good manners, then the moves, and holds the machine to its rules: never a throw, nothing after
 * `done`, `done` once the connection ended. Lines and questions wait in the order in which they were made.
 */
export function play(machine: Machine, first: string[], list: Move[], choose: Answer): void {
  const player = new Wild(machine, choose)
  player.feed({ type: 'opened' })
  player.settle()
  for (const line of first) {
    player.feed({ type: 'bytes', bytes: bytes(line + '\r\n') })
    player.settle()
  }
  for (const move of list) player.make(move)
  player.feed({ type: 'ended', how: 'closed', message: 'closed' })
  expect(machine.state).toBe('done')
}

class Wild {
  private readonly machine: Machine
  private readonly choose: Answer
  private waiting: Effect[] = []
  private over = false

  constructor(machine: Machine, choose: Answer) {
    this.machine = machine
    this.choose = choose
  }

  feed(input: Input): void {
    for (const effect of this.machine.handle(input)) {
      expect(this.over).toBe(false)
      if (effect.type === 'done') this.over = true
      if (effect.type === 'send' || effect.type === 'ask' || effect.type === 'pull') this.waiting.push(effect)
    }
    expect(this.machine.state === 'done').toBe(this.over)
  }

  settle(): void {
    for (let i = 0; i < 100 && this.waiting.length > 0; i++) this.answer('sent', bytes(''))
  }

  make(move: Move): void {
    if (move.kind === 'bytes') this.feed({ type: 'bytes', bytes: move.bytes })
    else if (move.kind === 'input') this.feed(move.input)
    else if (move.how === 'all') this.settle()
    else this.answer(move.how, move.bytes)
  }

  private answer(how: 'sent' | 'edited' | 'skipped', edit: Uint8Array): void {
    const next = this.waiting.shift()
    if (next?.type === 'ask') this.feed({ type: 'answer', id: next.id, answer: this.choose })
    else if (next?.type === 'pull') this.feed({ type: 'content', bytes: bytes('.x\r\n'), last: true })
    else if (next?.type === 'send') {
      const { id } = next.line
      if (how === 'skipped') this.feed({ type: 'skipped', id })
      else this.feed(how === 'edited' ? { type: 'sent', id, bytes: edit } : { type: 'sent', id })
    }
  }
}
