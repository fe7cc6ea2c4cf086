import { expect, test } from 'vitest'
import { Answering } from '#shared/smtp/machine/replay/answering.ts'
import type { SignIn } from '#shared/smtp/machine/replay/signIn.ts'
import type { Exchange } from '#shared/smtp/machine/replay/types.ts'
import { bytes } from '#test/support/smtp/pump.ts'

const exchange = (verb: string, codes: number[], change: Partial<Exchange> = {}): Exchange => ({
  verb,
  sealed: false,
  replies: codes.map((code) => ({ bytes: bytes(`${code} x\r\n`), code, wait: 0 })),
  ...change,
})
function saidOf(one: Exchange, signIn?: SignIn): (number | undefined)[] {
  const answering = new Answering()
  answering.begin(one, signIn)
  const said = []
  for (let reply = answering.take(); reply !== undefined; reply = answering.take()) said.push(reply.code)
  return said
}
function next(one: Exchange): unknown {
  const answering = new Answering()
  answering.begin(one)
  return answering.next()
}

test('replies are said once, in order; the recording is not changed', () => {
  const one = exchange('MAIL', [250, 251])
  expect([saidOf(one), saidOf(one)]).toEqual([
    [250, 251],
    [250, 251],
  ])
  expect(saidOf(exchange('NOOP', []))).toEqual([])
})

test('a sign-in is answered by what it asks for, and says where that is another than recorded', () => {
  const one = exchange('AUTH', [334, 235], { argument: 'plain' })
  expect(saidOf(one, { mechanism: 'plain', initial: true })).toEqual([235])
  expect(saidOf(one)).toEqual([334, 235])
  const answering = new Answering()
  expect(answering.begin(one, { mechanism: 'plain', initial: false })).toBeUndefined()
  expect(answering.begin(one, { mechanism: 'login', initial: false })).toContain('recorded AUTH PLAIN')
})

test('a response is awaited where the recording goes on; a cancelled exchange is refused', () => {
  const answering = new Answering()
  answering.begin(exchange('AUTH', [334, 334]))
  const [first] = [answering.take()!]
  expect(answering.awaits(first)).toBe(true)
  answering.cancel()
  expect([answering.take()?.code, answering.take()]).toEqual([501, undefined])
  answering.begin(exchange('AUTH', [334]))
  expect(answering.awaits(answering.take()!)).toBe(false)
})

test('what follows the last reply', () => {
  expect(next(exchange('QUIT', [221]))).toBe('quit')
  expect(next(exchange('QUIT', []))).toBe('go-on')
  expect(next(exchange('DATA', [354]))).toBe('content')
  expect(next(exchange('DATA', [550]))).toBe('go-on')
  expect(next(exchange('STARTTLS', [220]))).toBe('secure')
  expect(next(exchange('DATA', [354], { cut: 'reset' }))).toEqual({ cut: 'reset' })
  expect(next(exchange('content', [250], { cut: 'close', cutAt: 5 }))).toBe('go-on')
  expect(new Answering().next()).toBe('go-on')
})
