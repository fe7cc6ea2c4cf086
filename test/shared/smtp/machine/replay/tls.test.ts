import { expect, test } from 'vitest'
import { tlsAdvice } from '#shared/smtp/machine/replay/tls.ts'
import { clientScript, greetedRun } from '#test/support/smtp/replay.ts'

const clear = clientScript('S: 220 a', 'C: EHLO a', 'S: 250 a', 'C: MAIL FROM:<a@x>', 'S: 250 ok', 'C: QUIT')
const own = clientScript(
  'S: 220 a',
  'C: EHLO a',
  'S: 250 a',
  'C: NOOP',
  'S: 250 ok',
  'C: STARTTLS',
  'S: 220 go',
)

function greeted(script: typeof clear, tls: 'none' | 'starttls' | 'opportunistic', offers: string[] = []) {
  const run = greetedRun(script, { tls })
  run.core.hello = 'accepted'
  run.core.capabilities = offers.map((keyword) => ({ keyword, parameters: [], raw: keyword }))
  return run
}

test('STARTTLS goes before the first command that it is there to protect', () => {
  expect(tlsAdvice(greeted(clear, 'starttls', ['STARTTLS']), 1)).toEqual({ first: 'STARTTLS' })
  expect(tlsAdvice(greeted(own, 'starttls', ['STARTTLS']), 1)).toBe('go-on')
  expect(tlsAdvice(greeted(own, 'starttls', ['STARTTLS']), 2)).toBe('go-on')
  expect(tlsAdvice(greeted(clear, 'starttls', ['STARTTLS']), 2)).toBe('go-on')
})
test('it is left out where none is wanted or, if optional, none is offered', () => {
  expect(tlsAdvice(greeted(own, 'none', ['STARTTLS']), 2)).toBe('leave-out')
  expect(tlsAdvice(greeted(own, 'opportunistic'), 2)).toBe('leave-out')
  expect(tlsAdvice(greeted(clear, 'opportunistic'), 1)).toBe('go-on')
})
test('where it is required and missing nothing goes on; an overwritten offer is named', () => {
  expect(tlsAdvice(greeted(clear, 'starttls'), 1)).toMatchObject({ refuse: 'starttls-not-offered' })
  expect(tlsAdvice(greeted(clear, 'starttls', ['XXXXXXXA']), 1)).toMatchObject({
    refuse: 'starttls-stripped',
  })
})
test('inside TLS the hello comes first, and without one before too', () => {
  const run = greeted(clear, 'none')
  run.anew = true
  expect(tlsAdvice(run, 1)).toEqual({ first: 'EHLO' })
  const silent = greetedRun(clear, { tls: 'starttls' })
  expect(tlsAdvice(silent, 1)).toEqual({ first: 'EHLO' })
  // Once: a server that never takes it would be asked for ever.
  silent.core.hello = 'asked'
  expect(tlsAdvice(silent, 1)).toMatchObject({ refuse: 'starttls-not-offered' })
})
