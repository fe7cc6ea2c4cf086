import { expect, test } from 'vitest'
import { lineParts, replyParts, replyTone } from '#renderer/model/wire.ts'
import { lastOf, TranscriptBuilder } from '../../support/page/builder.ts'

const line = (text: string, masked?: [number, number]) =>
  lastOf(new TranscriptBuilder({ id: 's' }).client(text, 1, masked ? { masked } : {}).events, 'line')

test('a command is split into verb and rest; AUTH keeps its mechanism', () => {
  expect(lineParts(line('MAIL FROM:<a@b>'))).toEqual({ verb: 'MAIL', rest: 'FROM:<a@b>', secret: false })
  expect(lineParts(line('AUTH PLAIN ********', [11, 19]))).toEqual({
    verb: 'AUTH PLAIN',
    rest: '••••••••',
    secret: true,
  })
  expect(lineParts(line('********', [0, 8]))).toEqual({ verb: '', rest: '••••••••', secret: true })
})
test('a reply is split into code, enhanced code and texts', () => {
  const reply = lastOf(new TranscriptBuilder({ id: 's' }).server(['250-host', '250 SIZE 1']).events, 'reply')
  expect(replyParts(reply)).toMatchObject({
    code: '250',
    text: 'host',
    lines: ['host', 'SIZE 1'],
    tone: 'good',
  })
  const denied = lastOf(new TranscriptBuilder({ id: 's' }).server('554 5.7.1 No').events, 'reply')
  expect(replyParts(denied)).toMatchObject({ enhanced: '5.7.1', text: 'No', tone: 'bad' })
  const { code: _, ...strange } = denied
  expect(replyParts({ ...strange, raw: 'SSH-2.0\r\n' })).toMatchObject({
    code: '',
    text: 'SSH-2.0',
    tone: 'bad',
  })
})
test('the first digit decides the tone', () => {
  expect([220, 354, 450, 550, 199, undefined].map(replyTone)).toEqual([
    'good',
    'good',
    'warn',
    'bad',
    'neutral',
    'bad',
  ])
})
