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

export type Move = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'line'; how: 'sent' | 'edited' | 'skipped'; bytes: Uint8Array } | { kind: 'input'; input: Input } // prettier-ignore

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
  some.map((value): Input => ({ type: 'insert', bytes: value })),
  fc.tuple(some, fc.boolean()).map(([value, last]): Input => ({ type: 'content', bytes: value, last })),
  fc.nat(5).map((id): Input => ({ type: 'sent', id })),
)

/** What happens to a machine: octets mostly of these lines, answers to what it said, and anything else at any time. */
export const moves = (lines: string[]): fc.Arbitrary<Move[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: octets(lines).map((value): Move => ({ kind: 'bytes', bytes: value })) },
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('line' as const), how: fc.constantFrom('sent', 'sent', 'sent', 'sent', 'edited', 'skipped'), bytes: octets(commandLines) }) }, // prettier-ignore
      { weight: 1, arbitrary: inputs.map((input): Move => ({ kind: 'input', input })) },
    ),
    { maxLength: 60 },
  )

/**
 * Plays the moves and holds the machine to its rules: never a throw, nothing after `done`, `done` once the connection ended.
 * lines, questions and pulls wait in the order in which they were made. */
export function play(machine: Machine, list: Move[], choose: Answer): void {
  const waiting: Effect[] = []
  let over = false
  const feed = (input: Input) => {
    for (const effect of machine.handle(input)) {
      expect(over).toBe(false)
      if (effect.type === 'done') over = true
      if (effect.type === 'send' || effect.type === 'ask') waiting.push(effect)
    }
    expect(machine.state === 'done').toBe(over)
  }
  feed({ type: 'opened' })
  for (const move of list) {
    if (move.kind === 'bytes') feed({ type: 'bytes', bytes: move.bytes })
    else if (move.kind === 'input') feed(move.input)
    else {
      const next = waiting.shift()
      if (next?.type === 'ask') feed({ type: 'answer', id: next.id, answer: choose })
      else if (next?.type === 'send') {
        const { id } = next.line
        if (move.how === 'skipped') feed({ type: 'skipped', id })
        else feed(move.how === 'edited' ? { type: 'sent', id, bytes: move.bytes } : { type: 'sent', id })
      }
    }
  }
  feed({ type: 'ended', how: 'closed', message: 'closed' })
  expect(machine.state).toBe('done')
}
