import { expect, test } from 'vitest'
import { readAttempts } from '#shared/diagnosis/attempt.ts'
import { session } from '#test/support/diagnosis/facts.ts'
import { connected, hello, sealedHello } from '#test/support/diagnosis/script.ts'

test('each connect is an attempt; the one that worked says how far it got', () => {
  const six = connected({ family: 6, address: '2001:db8::1', outcome: 'timeout', took: 5 })
  const [failed, made] = readAttempts(session([six, ...sealedHello('AUTH PLAIN LOGIN')]))
  expect(failed).toMatchObject({
    family: 6,
    outcome: 'timeout',
    greeted: false,
    took: 5,
    proof: { events: [1] },
  })
  expect(made).toMatchObject({
    host: 'mail.example.org',
    outcome: 'connected',
    greeted: true,
    starttls: true,
    masked: false,
    mechanisms: ['PLAIN', 'LOGIN'],
    tls: { version: 'TLSv1.3', verified: true },
    proof: { session: 's1', events: [2, 3, 5, 8, 10] },
  })
})

test('rewritten greetings and capabilities are told; without EHLO nothing is known of STARTTLS', () => {
  expect(readAttempts(session(hello('XXXXXXXA')))[0]).toMatchObject({ masked: true, starttls: false })
  expect(readAttempts(session([connected(), 'S: 220 *********']))[0]).toMatchObject({ masked: true })
  expect(readAttempts(session([connected(), 'S: 220 mx']))[0]).not.toHaveProperty('starttls')
  expect(readAttempts(session([]))).toEqual([])
})
