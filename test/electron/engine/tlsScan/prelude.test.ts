import { expect, test } from 'vitest'
import { fromByteString } from '#shared/bytes/bytes.ts'
import { Prelude } from '#engine/tlsScan/prelude.ts'

const say = (prelude: Prelude, text: string) => prelude.received(fromByteString(text))

test('greeting, EHLO, STARTTLS, and then it is time for TLS', () => {
  const prelude = new Prelude('[127.0.0.1]')
  expect(say(prelude, '220 mx.exam')).toEqual({ type: 'wait' })
  expect(say(prelude, 'ple ESMTP\r\n')).toEqual({ type: 'say', text: 'EHLO [127.0.0.1]\r\n' })
  expect(say(prelude, '250-mx.example\r\n')).toEqual({ type: 'wait' })
  expect(say(prelude, '250 STARTTLS\r\n')).toEqual({ type: 'say', text: 'STARTTLS\r\n' })
  expect(say(prelude, '220 2.0.0 go on\r\n')).toEqual({ type: 'ready' })
})

test('a refusal is told with its step and its first line, control characters left out', () => {
  const prelude = new Prelude('me')
  expect(say(prelude, '421-too many\u0007 connections\r\n421 later\r\n')).toEqual({
    type: 'rejected',
    reply: '421-too many? connections',
  })
  expect(prelude.step).toBe('banner')
})

test('what is no SMTP is a refusal too', () => {
  expect(say(new Prelude('me'), 'HTTP/1.1 400 Bad Request\r\n')).toMatchObject({ type: 'rejected' })
})
