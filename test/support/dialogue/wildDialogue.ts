/** Owns: one dialogue of the driver with a scripted server in memory, to which anything may happen; and what came of it. */
import * as fc from 'fast-check'
import { Driver } from '#engine/dialogue/driver.ts'
import { Gate } from '#engine/dialogue/gate.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { messageSource } from '#engine/message/source.ts'
import { toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import type { GateAction } from '#shared/rpc/contract/dialogue.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { Outcome } from '#shared/smtp/machine/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { auth, password as ownPassword, tls, transaction } from '../smtp/pump.ts'
import { memoryHub } from './memoryHub.ts'
import { scriptedConnection } from './scriptedConnection.ts'

export type Move =
  | { do: 'act'; action: GateAction }
  | { do: 'say'; reply: string }
  | { do: 'end'; how: 'closed' | 'reset' }
  | { do: 'tls'; ok: boolean }

export const typedPassword = 'typed-Passw0rd-by-hand'
const plain = toBase64(utf8(`\0user\0${typedPassword}`))
export const secrets = [ownPassword, typedPassword, plain, toBase64(utf8(typedPassword))]

const lines = [
  'NOOP', 'MAIL FROM:<x@y.example>', 'RCPT TO:<z@y.example>', 'RSET', 'QUIT', 'DATA', '.', 'EHLO other', 'BDAT 4', 'AUTH LOGIN',
  `AUTH PLAIN ${plain}`, `AUHT PLAIN ${plain}`, 'STARTTLS', 'what is this', '*', '\0',
] // prettier-ignore
const ends = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '', '\r\nNOOP\r\n')
const raw = fc.tuple(fc.constantFrom(...lines), ends).map((parts) => parts.join(''))
const action: fc.Arbitrary<GateAction> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<GateAction>({ type: 'step' }, { type: 'step' }, { type: 'run' }, { type: 'pause' }) },
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom('edit' as const, 'insert' as const), raw).map(([type, text]) => ({ type, raw: text })) },
  { weight: 3, arbitrary: fc.constantFrom<GateAction>({ type: 'skip' }, { type: 'repeat' }, { type: 'delay', ms: 60_000 }, { type: 'speed', delay: 0 }) },
  { weight: 1, arbitrary: fc.constantFrom<GateAction>({ type: 'breakpoints', breakpoints: ['RCPT', '5xx'] }, { type: 'finish' }, { type: 'drop' }, { type: 'reset' }) },
) // prettier-ignore
const replies = [
  '220 mx', '250 ok', '250-mx\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN', '354 go', '334 VXNlcm5hbWU6',
  '235 in', '220 go', '450 later', '550 no', '421 bye', `550 ${ownPassword} is wrong`, 'what', '250-half',
] // prettier-ignore
const wild: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: action.map((one): Move => ({ do: 'act', action: one })) },
  { weight: 8, arbitrary: fc.constantFrom(...replies).map((reply): Move => ({ do: 'say', reply: `${reply}\r\n` })) },
  { weight: 1, arbitrary: fc.boolean().map((ok): Move => ({ do: 'tls', ok })) },
  { weight: 1, arbitrary: fc.constantFrom('closed' as const, 'reset' as const).map((how): Move => ({ do: 'end', how })) },
) // prettier-ignore

const piece = (text: string): Move => ({ do: 'act', action: { type: 'insert', raw: text } })

/** A secret in two pieces of which the second comes when anything has happened. */
const pieces = fc.nat(40).map((at): [Move, Move] => {
  const whole = `AUTH PLAIN ${plain}\r\n`
  return [piece(whole.slice(0, at + 1)), piece(whole.slice(at + 1))]
})
const polite = replies.slice(0, 3).map((reply): Move => ({ do: 'say', reply: `${reply}\r\n` }))

export const moves: fc.Arbitrary<Move[]> = fc
  .tuple(fc.nat(3), fc.array(wild, { maxLength: 12 }), fc.option(pieces), fc.array(wild, { maxLength: 12 }))
  .map(([size, first, cut, then]) => [
    ...polite.slice(0, size),
    ...(cut === null ? first : [cut[0], ...first, cut[1]]),
    ...then,
  ])

export const message = 'Subject: x\r\n\r\nhello\r\nworld\r\n'

export interface Played {
  events: TranscriptEvent[]
  /** All that was written, as byte strings. */
  wire: string
  outcome: Outcome
  /** Everything that a page could have seen of it. */
  told: string
  defects: unknown[]
}

export async function playDialogue(list: readonly Move[], step: boolean): Promise<Played> {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' }))
  const connection = scriptedConnection()
  const written: string[] = []
  const write = connection.write.bind(connection)
  connection.write = (bytes) => {
    written.push(toByteString(bytes))
    return write(bytes)
  }
  const gate = new Gate({ step, breakpoints: [], journal })
  const defects: unknown[] = []
  const machine = createClientMachine({
    ehloName: 'me', tls: 'opportunistic', auth: auth('plain'), pipelining: true, chunking: false, stopAfter: 'end',
    transaction: transaction(undefined, { size: message.length }),
  }) // prettier-ignore
  const content = messageSource(utf8(message))
  const onDefect = (error: unknown): void => void defects.push(error)
  const driver = new Driver({ machine, connection, journal, gate, content, onDefect })
  const ran = driver.run(undefined)
  const answers: unknown[] = []
  for (const move of list) {
    if (move.do === 'act') answers.push(gate.act(move.action))
    else if (move.do === 'say') connection.say(move.reply)
    else if (move.do === 'end') connection.listener.ended({ how: move.how })
    else connection.answerTls(move.ok ? { ok: true, tls } : { ok: false, how: 'failed', message: 'no' })
    // Content and TLS are answered in a microtask or two.
    for (let i = 0; i < 4; i++) await Promise.resolve()
  }
  driver.stop('cancelled', 'over')
  const outcome = await ran
  const states = await gate.states.read(0, 1000)
  const events = hub.events(journal.session)
  return { events, wire: written.join(''), outcome, told: JSON.stringify([events, states, answers, outcome, machine.result()]), defects } // prettier-ignore
}

/** What the transcript says was sent; null where a secret stood. */
export function saidIn(events: readonly TranscriptEvent[]): (string | null)[] {
  return events.flatMap((event): (string | null)[] => {
    if (event.kind === 'chunk') return [message.slice(event.offset, event.offset + event.size)]
    if (event.kind !== 'line') return []
    return event.raw.split(/(\*{8})/).map((part) => (part === '********' ? null : part))
  })
}

/** Whether these are the octets, anything standing where a secret did. */
export function covers(said: readonly (string | null)[], wire: string): boolean {
  let at = 0
  let open = false
  for (const part of said) {
    if (part === null) open = true
    else if (part !== '') {
      const found = open ? wire.indexOf(part, at) : at
      if (found < 0 || !wire.startsWith(part, found)) return false
      at = found + part.length
      open = false
    }
  }
  return open || at === wire.length
}
