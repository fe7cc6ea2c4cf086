import { expect, test } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import { exchangesOf } from '#shared/transcript/export/exchanges.ts'
import { recordedOf, sample } from './sample.ts'
import { line, numbered, reply } from '../samples.ts'

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

const content = { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 3, last: true, encoding: 'data' } as const // prettier-ignore
const dot = line('.', 'body')

test('the dot that ends content is no command of its own: what comes after it keeps its own reply', () => {
  const message = [line('DATA', 'data', { verb: 'DATA' }), reply('354 x', 'data'), content, dot, reply('250 x', 'body')]
  const quit = [line('QUIT', 'quit', { verb: 'QUIT' }), reply('221 x', 'quit')]
  // Content is waited for from the dot on.
  expect(shape([...message, ...message, ...quit])).toEqual([
    [1, 2, 1000, 0],
    [3, 5, 1000, 0],
    [6, 7, 1000, 0],
    [8, 10, 1000, 0],
    [11, 12, 1000, 0],
  ])
}) // prettier-ignore

test('a hold before the dot is not the wait for its reply', () => {
  const wait = { kind: 'wait', phase: 'body', direction: 'none', why: 'gate', took: 900 } as const
  expect(shape([content, wait, dot, reply('250 x', 'body')])).toEqual([[1, 4, 1000, 0]])
})

test('what a person said in place of the dot has the reply', () => {
  expect(shape([content, line('..', 'body', { edited: true }), reply('250 x', 'body')])).toEqual([
    [1, undefined, 0, 0],
    [2, 3, 1000, 0],
  ])
})

const saidAndAnswered = (bodies: Parameters<typeof recordedOf>[0]) => shape(bodies).map((row) => (row as unknown[]).slice(0, 2)) // prettier-ignore

test('a client that speaks first is not answered by the greeting', () => {
  expect(saidAndAnswered([line('EHLO me', 'ehlo'), reply('220 x', 'banner'), reply('250 x', 'ehlo')])).toEqual([[1, 3], [undefined, 2]]) // prettier-ignore
})

test('what was sent ahead of a handshake and dropped takes no reply from what comes after', () => {
  const tls = { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0 } as const
  const ahead = [line('STARTTLS', 'starttls'), line('NOOP', 'other'), reply('220 x', 'starttls')]
  expect(saidAndAnswered([...ahead, tls, line('NOOP', 'other'), reply('250 x', 'other')])).toEqual([[1, 3], [2, undefined], [5, 6]]) // prettier-ignore
  expect(saidAndAnswered([line('NOOP', 'other'), line('QUIT', 'quit'), reply('221 x', 'quit')])).toEqual([[1, undefined], [2, 3]]) // prettier-ignore
})

test('a message to two by LMTP is answered twice, also where the next command was sent ahead', () => {
  const message = [content, dot, line('MAIL FROM:<>', 'mail')]
  expect(saidAndAnswered([...message, reply('250 a', 'body'), reply('250 b', 'body'), reply('250 c', 'mail')])).toEqual([[1, 4], [3, 6], [undefined, 5]]) // prettier-ignore
})

test('a 421 answers what waits, and a reply of a phase that nothing has answers the oldest', () => {
  expect(saidAndAnswered([line('NOOP', 'other'), line('QUIT', 'quit'), reply('421 x', 'quit')])).toEqual([[1, 3], [2, undefined]]) // prettier-ignore
  expect(saidAndAnswered([line('FOO', 'other'), reply('500 x', 'mail')])).toEqual([[1, 2]])
})

test('a hold counts for every command that waits, however many wait', () => {
  const many = 50_000
  const commands = Array.from({ length: many }, () => line('NOOP', 'other'))
  const answers = Array.from({ length: many - 1 }, (): EventBody[] => [
    { kind: 'wait', phase: 'other', direction: 'none', why: 'delay', took: 10 },
    reply('250 Ok', 'other'),
  ])
  const all = exchangesOf(numbered([...commands, ...answers.flat()]))
  expect([0, 1, many - 2].map((at) => all[at]!.held)).toEqual([10, 20, (many - 1) * 10])
  // The last was never answered and was held all the time.
  expect(all.at(-1)).toMatchObject({ reply: null, held: (many - 1) * 10 })
})
