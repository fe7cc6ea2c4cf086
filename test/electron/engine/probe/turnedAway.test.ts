import { expect, test } from 'vitest'
import { turnedAway } from '#engine/probe/turnedAway.ts'
import { connectEvent, endEvent, replyEvent, tlsEvent } from '#test/support/events.ts'

const opened = connectEvent(1)
const closed = endEvent(9, { outcome: 'closed', by: 'server' })

test('421, and a refusal that speaks of limits', () => {
  expect(turnedAway([opened, replyEvent(2, '421 4.7.0 Too many connections\r\n')], false)).toEqual({
    evidence: [2],
    words: '421 4.7.0 Too many connections',
    named: true,
  })
  expect(turnedAway([opened, replyEvent(2, '421 closing down\r\n', { phase: 'ehlo' })], false)).toMatchObject(
    {
      named: false,
    },
  )
  expect(
    turnedAway([opened, replyEvent(2, '554 5.7.1 Connection rate limit exceeded\r\n')], false),
  ).toMatchObject({
    named: true,
  })
  expect(turnedAway([opened, replyEvent(2, '554 5.7.1 Blocked by a list\r\n')], true)).toBeUndefined()
  expect(turnedAway([opened, replyEvent(2, '220 mx\r\n'), closed], true)).toBeUndefined()
})

const inClear = (raw: string) => turnedAway([opened, replyEvent(2, raw, { phase: 'tls' })], false)

test('a refusal in clear where TLS was expected', () => {
  expect(inClear('421 Too many concurrent SMTP connections\r\n')).toMatchObject({
    named: true,
    evidence: [2],
  })
  expect(inClear('220 mx ESMTP\r\n')).toBeUndefined()
  expect(inClear('HTTP/1.1 429 Too Many Requests\r\n')).toBeUndefined()
})

test('closed without a word counts only while others were open', () => {
  expect(turnedAway([opened, closed], true)).toEqual({ evidence: [1, 9], named: false })
  expect(turnedAway([opened, closed], false)).toBeUndefined()
  expect(turnedAway([connectEvent(1, { outcome: 'refused' }), closed], true)).toBeUndefined()
  const sealed = tlsEvent(2, { outcome: 'established', version: 'TLSv1.3' })
  expect(turnedAway([opened, sealed, closed], true)).toBeUndefined()
})

test('a hostile text is cut and has no control characters', () => {
  const words = turnedAway([opened, replyEvent(2, `421 \u001b[2J${'x'.repeat(5000)}\r\n`)], false)!.words!
  expect(words.startsWith('421 ?[2Jxxx')).toBe(true)
  expect(words.length).toBe(200)
})
