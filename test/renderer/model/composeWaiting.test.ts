import { expect, test } from 'vitest'
import { elapsedWords, waitingFor, waitingForAnswer } from '#renderer/model/composeWaiting.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { chunk, connected, ended, eventList, replied, said, secured } from '#test/support/page/sendEvents.ts'

const waits = (body: EventBody) => waitingFor(eventList([[1, body]])[0])

test.each<[string, EventBody, string | undefined, number | null | undefined]>([
  ['connected', connected(), 'the greeting', 300_000],
  ['EHLO', said('ehlo', 'EHLO x'), 'the reply to EHLO', 300_000],
  ['DATA', said('data', 'DATA'), 'the reply to DATA', 120_000],
  ['220 for STARTTLS', replied('starttls', 220, 'go'), 'the TLS handshake', null],
  ['end of data', chunk(10), 'the receipt for the message', 600_000],
  ['a block', chunk(10, false), 'room for more of the body', 180_000],
  ['a reply', replied('mail', 250, 'Ok'), undefined, undefined],
  ['TLS', secured(), undefined, undefined],
  ['the end', ended(), undefined, undefined],
])('after %s', (_name, body, what, limit) => {
  expect(waits(body)?.what).toBe(what)
  expect(waits(body)?.limit).toBe(limit)
})
test('before the first event the name is looked up', () => {
  expect(waitingFor(undefined)?.what).toBe('the address of the server')
})
test('limits name their source', () => {
  expect(waits(chunk(1))?.limitWords).toBe('we give up at 10 min (RFC 5321 §4.5.3.2)')
})
test('elapsed time', () => {
  expect([elapsedWords(8_400), elapsedWords(125_900), elapsedWords(-5)]).toEqual([
    '8.4 s',
    '2 min 5 s',
    '0.0 s',
  ])
})

const answers = (body: EventBody) => waitingForAnswer(eventList([[1, body]])[0])

test('a request of HTTP waits for one answer, half a minute for each step', () => {
  expect(answers(said('data', 'POST / HTTP/1.1'))).toMatchObject({
    what: 'the answer to the request',
    limit: 30_000,
  })
  expect(answers(secured())?.what).toBe('the answer to the request')
  expect(answers(connected())?.what).toBe('the TLS handshake')
  expect(answers(replied('body', 200, 'OK'))).toBeNull()
  expect(waitingForAnswer(undefined)?.limitWords).toBe('we give up at 30 s')
})
