import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { plannedPhases, stretchLimit } from '#renderer/model/phases.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'
import { accepted, held, heldGate, unreachable } from '../../support/page/scenes.ts'

const trackOf = (events: ReturnType<typeof held>['events']) => {
  return new SessionModel().sync(appendEvents(emptyLog(), { events })).phases
}

test('one bar for each stretch of a phase, with its look and its own time', () => {
  const bars = trackOf(held().events).stretches.map(({ phase, look, took }) => [phase, look, took / 1000])
  expect(bars).toEqual([
    ['dns', 'connecting', 12],
    ['tcp', 'connecting', 38],
    ['banner', 'open', 64],
    ['ehlo', 'open', 42],
    ['starttls', 'open', 40],
    ['tls', 'handshake', 96],
    ['ehlo', 'sealed', 43],
    ['auth', 'sealed', 120],
  ])
})
test('a hold is not counted, and a failed connection looks failed', () => {
  const mail = trackOf(accepted().events).stretches.find(({ phase }) => phase === 'mail')
  expect(mail?.took).toBe(46_000)
  expect(trackOf(unreachable().events).stretches[1]?.look).toBe('failed')
})
test('however many messages, the strip stays readable', () => {
  const builder = new TranscriptBuilder({ id: 's' })
  for (let i = 0; i < 100; i++) builder.client('MAIL FROM:<a@b>').client('RCPT TO:<c@d>')
  const track = trackOf(builder.events)
  expect(track.stretches).toHaveLength(stretchLimit + 1)
  expect(track.stretches.at(-1)).toMatchObject({ phase: 'more', last: 200 })
  expect(track.indexOf(200)).toBe(stretchLimit)
  expect(track.indexOf(999)).toBe(-1)
})
test('planned phases, each once in a row', () => {
  expect(plannedPhases(heldGate())).toEqual(['mail', 'rcpt', 'data', 'body', 'quit'])
  expect(plannedPhases(undefined)).toEqual([])
})
const builder = () => new TranscriptBuilder({ id: 's' })
const reply = (made: TranscriptBuilder, phase: 'mail' | 'rcpt' | 'data' | 'body', code: number) =>
  made.add({ kind: 'reply', phase, direction: 'to-client', code, raw: `${code} Ok\r\n` }, 1)
test('commands sent in one go are one bar, answers included; one by one they are bars of their own', () => {
  const sent = builder()
    .client('MAIL FROM:<a@b>')
    .client('RCPT TO:<c@d>')
    .client('RCPT TO:<e@f>')
    .client('DATA')
  for (const phase of ['mail', 'rcpt', 'rcpt', 'data'] as const)
    reply(sent, phase, phase === 'data' ? 354 : 250)
  sent.body(10)
  reply(sent, 'body', 250).client('MAIL FROM:<a@b>').client('RCPT TO:<c@d>')
  expect(trackOf(sent.events).stretches.map(({ phase, together, first, last }) => [together ?? phase, first, last])).toEqual([
    [['mail', 'rcpt', 'data'], 1, 8],
    ['body', 9, 10],
    [['mail', 'rcpt'], 11, 12],
  ]) // prettier-ignore
  const alone = reply(
    reply(builder().client('MAIL FROM:<a@b>'), 'mail', 250).client('RCPT TO:<c@d>'),
    'rcpt',
    250,
  )
  expect(trackOf(alone.events).stretches.map(({ phase, together }) => [phase, together])).toEqual([
    ['mail', undefined],
    ['rcpt', undefined],
  ])
})
