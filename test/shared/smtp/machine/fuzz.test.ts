/** Random octets and inputs to either machine: never a throw, nothing after `done`, always `done` after `ended`. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type { Answer, Effect, Input, Machine, TimerName } from '#shared/smtp/machine/types.ts'
import { auth, bytes, clientOptions, serverOptions, tls, transaction } from '#test/support/smtp/pump.ts'

const replyLines = ['220 hi', '250 ok', '250-a\r\n250-AUTH PLAIN LOGIN CRAM-MD5\r\n250-STARTTLS\r\n250-CHUNKING\r\n250 PIPELINING', '334 ', '334 VXNlcm5hbWU6', '334 ?', '235 ok', '354 go', '221 bye', '421 no', '451 later', '500 what', '530 tls', '535 no', '550 no', '999 x', 'garbage', '250-open', '\0\x01', '220', '25'] // prettier-ignore
const commandLines = ['EHLO x', 'HELO x', 'MAIL FROM:<a@b.example>', 'MAIL FROM:<a@b.example> SIZE=9999999', 'RCPT TO:<c@d.example>', 'DATA', '.', 'x\n.\r\ny', 'BDAT 5', 'BDAT 5 LAST', 'BDAT 0 LAST', 'BDAT x', 'BDAT 999999999999', 'RSET', 'NOOP', 'STARTTLS', 'AUTH PLAIN', 'AUTH LOGIN', 'AUTH CRAM-MD5', 'AUTH PLAIN =', '*', 'AGEAYg==', 'QUIT', 'HELP', 'VRFY x', 'GET / HTTP/1.1', 'hello', 'a\rb', '\0'] // prettier-ignore

const octets = (lines: string[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...lines).map((line) => bytes(line + '\r\n')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom(...lines).map((line) => bytes(line)) },
  )

const reply = { code: 550, enhanced: '5.7.1', text: ['no'] }
const answer: fc.Arbitrary<Answer> = fc.constantFrom<Answer>(
  { accept: true }, { accept: false, reply }, { accept: true, reply: { code: 250, text: ['fine'] } },
) // prettier-ignore

type Move = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'line'; how: 'sent' | 'edited' | 'skipped'; bytes: Uint8Array } | { kind: 'input'; input: Input } // prettier-ignore

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

const moves = (lines: string[]): fc.Arbitrary<Move[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: octets(lines).map((value): Move => ({ kind: 'bytes', bytes: value })) },
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('line' as const), how: fc.constantFrom('sent', 'sent', 'sent', 'sent', 'edited', 'skipped'), bytes: octets(commandLines) }) }, // prettier-ignore
      { weight: 1, arbitrary: inputs.map((input): Move => ({ kind: 'input', input })) },
    ),
    { maxLength: 60 },
  )

/** Plays the moves; lines, questions and pulls wait in the order in which they were made. */
function play(machine: Machine, list: Move[], choose: Answer): void {
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

test('the client', () => {
  fc.assert(
    fc.property(
      moves(replyLines), answer, fc.boolean(), fc.boolean(), fc.constantFrom('none', 'starttls', 'opportunistic'), fc.boolean(),
      (list, choose, pipelining, chunking, mode, authed) => {
        const options = { pipelining, chunking, tls: mode, auth: authed ? auth() : null, transaction: transaction(['b@c.example', 'd@e.example']) } as const // prettier-ignore
        play(createClientMachine(clientOptions(options)), list, choose)
      },
    ),
    { numRuns: 3000 },
  ) // prettier-ignore
})

test('the server', () => {
  fc.assert(
    fc.property(
      moves(commandLines),
      answer,
      fc.constantFrom('off', 'offered', 'required'),
      (list, choose, mode) => {
        play(
          createServerMachine(serverOptions({ tls: mode, limits: { messageSize: 1000, errors: 30 } })),
          list,
          choose,
        )
      },
    ),
    { numRuns: 3000 },
  )
})
