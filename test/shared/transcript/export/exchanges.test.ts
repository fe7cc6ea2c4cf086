import { expect, test } from 'vitest'
import { exchangesOf } from '#shared/transcript/export/exchanges.ts'
import { recordedOf, sample } from './sample.ts'
import { line, reply } from '../samples.ts'

const shape = (bodies: Parameters<typeof recordedOf>[0]): unknown[] =>
  exchangesOf(recordedOf(bodies).events).map(({ said, reply: answer, waited, held }) => [said?.seq, answer?.seq, waited, held]) // prettier-ignore

test('the greeting answers nothing, each reply the oldest command that waits', () => {
  expect(shape([reply('220 x', 'banner'), line('MAIL FROM:<>', 'mail'), line('RCPT TO:<a@b.de>', 'rcpt'), reply('250 a', 'mail'), reply('550 b', 'rcpt'), line('QUIT', 'quit')])).toEqual([
    [undefined, 1, 0, 0],
    [2, 4, 2000, 0],
    [3, 5, 2000, 0],
    [6, undefined, 0, 0],
  ])
}) // prettier-ignore

test("a person's hold is not the server's time", () => {
  const wait = { kind: 'wait', phase: 'mail', direction: 'none', why: 'gate', took: 1500 } as const
  expect(shape([line('NOOP', 'other'), wait, reply('250 x', 'other')])).toEqual([[1, 3, 500, 1500]])
})

test('content is answered at its end; BDAT by its line', () => {
  expect(exchangesOf(sample.events).find(({ said }) => said?.kind === 'chunk')?.reply?.seq).toBe(23)
  const chunk = { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 3, last: true, encoding: 'bdat' } as const // prettier-ignore
  expect(shape([line('BDAT 3 LAST', 'body', { verb: 'BDAT' }), chunk, reply('250 x', 'body')])).toEqual([
    [1, 3, 2000, 0],
    [2, undefined, 0, 0],
  ])
})
