/** Owns: random recordings for the replay machines: whole dialogues, cut, mixed up, and made by somebody hostile. */
import * as fc from 'fast-check'
import type { ClientScript, ServerScript } from '#shared/smtp/machine/replay/types.ts'
import { ClientScriptReader } from '#shared/transcript/replay/clientScript.ts'
import { ServerScriptReader } from '#shared/transcript/replay/serverScript.ts'
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'
import { commandLines, replyLines } from './fuzz.ts'
import { numbered } from './recorded.ts'

const line = (raw: string): EventBody => ({ kind: 'line', phase: 'other', direction: 'to-server', raw })
const reply = (raw: string): EventBody => ({
  kind: 'reply',
  phase: 'other',
  direction: 'to-client',
  raw,
  ...(/^\d{3}/.test(raw) ? { code: Number(raw.slice(0, 3)) } : {}),
})
const raw = (known: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known).map((text) => `${text}\r\n`) },
    { weight: 1, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: 'binary-ascii' }) },
  )
const chunk = fc
  .record({
    body: fc.integer({ min: 1, max: 3 }),
    offset: fc.nat(9),
    size: fc.nat(40),
    last: fc.boolean(),
    encoding: fc.constantFrom('data' as const, 'bdat' as const),
  }) // prettier-ignore
  .map((part): EventBody => ({ kind: 'chunk', phase: 'body', direction: 'to-server', ...part }))
const tls = fc
  .constantFrom('established' as const, 'failed' as const)
  .map((outcome): EventBody => ({ kind: 'tls', phase: 'tls', direction: 'none', outcome, took: 1 }))
const end = fc
  .record({
    outcome: fc.constantFrom('closed' as const, 'reset' as const, 'timeout' as const, 'completed' as const),
    by: fc.constantFrom('client' as const, 'server' as const, 'network' as const),
  }) // prettier-ignore
  .map((how): EventBody => ({ kind: 'end', phase: 'other', direction: 'none', message: '', ...how }))
const masked: EventBody = {
  ...line('AUTH PLAIN ********\r\n'),
  kind: 'line',
  raw: 'AUTH PLAIN ********\r\n',
  direction: 'to-server',
  masked: [{ start: 11, end: 19 }],
}

/** Where the message's octets are told of without the dialogue that led there, the readers must cope too. */
const anything = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: raw(commandLines).map(line) },
    { weight: 8, arbitrary: raw(replyLines).map(reply) },
    { weight: 2, arbitrary: chunk },
    { weight: 1, arbitrary: fc.oneof(tls, end, fc.constant(masked)) },
  ),
  { maxLength: 50 },
)

const data: EventBody = { kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: 6, last: true, encoding: 'data' } // prettier-ignore
const whole: EventBody[] = [
  reply('220 mx\r\n'), line('EHLO a\r\n'), reply('250-mx\r\n250-AUTH PLAIN LOGIN\r\n250 PIPELINING\r\n'),
  masked, reply('235 ok\r\n'), line('MAIL FROM:<a@b.example>\r\n'), reply('250 ok\r\n'),
  line('RCPT TO:<c@d.example>\r\n'), reply('250 ok\r\n'), line('DATA\r\n'), reply('354 go\r\n'), data,
  line('.\r\n'), reply('250 kept\r\n'), line('QUIT\r\n'), reply('221 bye\r\n'),
] // prettier-ignore

/** Events of one session: anything, or a whole dialogue cut off somewhere and gone on with by anything. */
export const recordings: fc.Arbitrary<TranscriptEvent[]> = fc
  .oneof(
    anything,
    fc.tuple(fc.nat(whole.length), anything).map(([size, more]) => [...whole.slice(0, size), ...more]),
  )
  .map(numbered)

/** `kept`: the store has the octets of the bodies. */
export function clientScriptFrom(events: readonly TranscriptEvent[], kept: boolean): ClientScript {
  const reader = new ClientScriptReader()
  for (const event of events) reader.push(event)
  const script = reader.script()
  for (const step of script.steps) if ('kept' in step) step.kept = kept
  return script
}

/** Null where the recording cannot be answered again. */
export function serverScriptFrom(events: readonly TranscriptEvent[]): ServerScript | null {
  const reader = new ServerScriptReader({ tls: 'starttls', role: 'client' })
  for (const event of events) reader.push(event)
  const script = reader.script()
  return typeof script === 'string' ? null : script
}
