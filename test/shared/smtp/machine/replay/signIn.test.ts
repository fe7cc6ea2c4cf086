import { expect, test } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import { answerSignIn } from '#shared/smtp/machine/replay/signIn.ts'
import type { Exchange } from '#shared/smtp/machine/replay/types.ts'
import { bytes } from '#test/support/smtp/pump.ts'

const masked = '334 ********'

/** An AUTH as recorded. */
const auth = (argument: string, said: string[], initial = false): Exchange => ({
  verb: 'AUTH',
  argument,
  sealed: true,
  ...(initial ? { initial: true } : {}),
  replies: said.map((text) => ({
    bytes: bytes(`${text}\r\n`),
    code: Number(text.slice(0, 3)),
    wait: 0,
    ...(text === masked ? { masked: true } : {}),
  })),
})
const said = (exchange: Exchange, mechanism: string, initial = false): string[] =>
  answerSignIn(exchange, { mechanism, initial }).replies.map((reply) => toByteString(reply.bytes).trimEnd())

const scram = auth('scram-sha-256', [masked, masked, '235 2.7.0 ok'], true)
const userName = '334 VXNlcm5hbWU6'
const password = '334 UGFzc3dvcmQ6'

test.each([
  ['plain', true, ['235 2.7.0 ok']],
  ['plain', false, ['334', '235 2.7.0 ok']],
  ['login', false, [userName, password, '235 2.7.0 ok']],
  ['login', true, [password, '235 2.7.0 ok']],
  ['xoauth2', true, ['235 2.7.0 ok']],
  ['external', false, ['334', '235 2.7.0 ok']],
] as const)('a client that signs in by %s (first response: %s) hears no challenge of SCRAM', (name, initial, replies) => {
  expect(said(scram, name, initial)).toEqual(replies)
  expect(answerSignIn(scram, { mechanism: name, initial }).differs).toContain('recorded AUTH SCRAM-SHA-256')
}) // prettier-ignore

test('CRAM-MD5 gets a challenge of its own, which names no host', () => {
  expect(said(scram, 'cram-md5')).toEqual([`334 ${btoa('<replay@relayscope.invalid>')}`, '235 2.7.0 ok'])
})

test('nobody can prove SCRAM’s last word, but a refusal can be repeated', () => {
  expect(said(scram, 'scram-sha-256', true)[0]).toMatch(/^504 5\.5\.4 /)
  expect(answerSignIn(scram, { mechanism: 'scram-sha-256', initial: true }).differs).toContain(
    'PLAIN or LOGIN',
  )
  const wrong = auth('scram-sha-256', [masked, '535 5.7.8 no'], true)
  expect(said(wrong, 'scram-sha-256', true)).toEqual(['535 5.7.8 no'])
  expect(said(wrong, 'login')).toEqual([userName, password, '535 5.7.8 no'])
  expect(said(auth('plain', ['235 ok'], true), 'x-own')[0]).toMatch(/^504 /)
})

test('what was refused before any secret is refused at once', () => {
  expect(said(auth('scram-sha-256', ['504 5.5.4 unknown'], true), 'login')).toEqual(['504 5.5.4 unknown'])
  expect(said(auth('cram-md5', [masked, '454 4.7.0 later']), 'plain', true)).toEqual(['454 4.7.0 later'])
})

test('the same mechanism hears the recorded challenges, in step with its first response', () => {
  const login = auth('login', ['334 dXNlcg==', '334 cGFzcw==', '235 ok'])
  expect(said(login, 'login')).toEqual(['334 dXNlcg==', '334 cGFzcw==', '235 ok'])
  expect(said(login, 'login', true)).toEqual(['334 cGFzcw==', '235 ok'])
  const early = auth('login', ['334 cGFzcw==', '235 ok'], true)
  expect(said(early, 'login', true)).toEqual(['334 cGFzcw==', '235 ok'])
  expect(said(early, 'login')).toEqual([userName, '334 cGFzcw==', '235 ok'])
  expect(said(auth('plain', ['235 ok'], true), 'plain')).toEqual(['334', '235 ok'])
  expect(said({ ...auth('plain', ['334 ']), cut: 'close' }, 'plain', true)).toEqual(['334'])
  expect(said(auth('login', ['535 no']), 'login')).toEqual(['535 no'])
  const cram = auth('cram-md5', ['334 PDFAYT4=', '235 ok'])
  expect(said(cram, 'cram-md5', true)).toEqual(['334 PDFAYT4=', '235 ok'])
  expect(said(auth('cram-md5', ['501 no'], true), 'cram-md5')).toEqual(['501 no'])
  expect(answerSignIn(login, { mechanism: 'login', initial: false }).differs).toBeUndefined()
})

test('where the recorded server left inside the exchange, so does this one', () => {
  const cut = { ...auth('cram-md5', [masked]), cut: 'silence' as const }
  expect(said(cut, 'plain', true)).toEqual([])
  expect(said(cut, 'cram-md5')).toHaveLength(1)
})

test('where the recorded client left inside the exchange, the last reply commits to nothing', () => {
  const unknown = '454 4.7.0 Not in the recording'
  expect(said(auth('cram-md5', [masked]), 'plain', true)).toEqual([unknown])
  expect(said(auth('cram-md5', [masked]), 'login')).toEqual([userName, password, unknown])
  expect(said(auth('plain', ['334 ']), 'plain', true)).toEqual([unknown])
})
