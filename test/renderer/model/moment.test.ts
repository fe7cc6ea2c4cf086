import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { momentOf } from '#renderer/model/moment.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { accepted } from '../../support/page/scenes.ts'

const momentsOf = (events: readonly TranscriptEvent[]) => {
  const log = appendEvents(emptyLog(), { events })
  return events.flatMap((event) => (event.kind === 'reply' ? [momentOf(log, event)] : []))
}
const base = { session: 's', at: 0 }
const reply = (seq: number, phase: TranscriptEvent['phase']): TranscriptEvent => ({ ...base, seq, phase, kind: 'reply', direction: 'to-client', raw: '250 Ok\r\n', code: 250 }) // prettier-ignore
const bdat = (seq: number, last: boolean): TranscriptEvent => ({ ...base, seq, phase: 'body', kind: 'chunk', direction: 'to-server', body: 1, offset: 0, size: 1, last, encoding: 'bdat' }) // prettier-ignore
const line = (seq: number, verb: string): TranscriptEvent => ({ ...base, seq, phase: 'other', kind: 'line', direction: 'to-server', raw: `${verb} x\r\n`, verb }) // prettier-ignore

test('a whole dialogue', () => {
  expect(momentsOf(accepted().events)).toEqual(
    ['greeting', 'EHLO', 'STARTTLS', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'RCPT', 'DATA', 'end of data', 'QUIT'], // prettier-ignore
  )
})
test('only the last answer to BDAT is about the message, pipelined or not', () => {
  expect(momentsOf([bdat(1, false), reply(2, 'body'), bdat(3, true), reply(4, 'body')])).toEqual([
    undefined,
    'end of data',
  ])
  expect(momentsOf([bdat(1, false), bdat(2, true), reply(3, 'body'), reply(4, 'body')])).toEqual([
    undefined,
    'end of data',
  ])
})
test('VRFY and ETRN by their verb, anything else by none', () => {
  expect(momentsOf([line(1, 'VRFY'), reply(2, 'other'), line(3, 'NOOP'), reply(4, 'other')])).toEqual(['VRFY', undefined]) // prettier-ignore
  expect(momentsOf([reply(1, 'other')])).toEqual([undefined])
})
