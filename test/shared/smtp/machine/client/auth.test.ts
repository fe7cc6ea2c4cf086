import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { Effect, Outgoing } from '#shared/smtp/machine/types.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { auth, bytes, clientOptions, text, tls } from '#test/support/smtp/pump.ts'

const offer = hello('AUTH PLAIN LOGIN CRAM-MD5')
const play = (mechanism: 'auto' | 'plain' | 'login' | 'cram-md5', replies: string[], rules = {}) =>
  clientPlay({ auth: auth(mechanism), transaction: null }, [...offer, ...replies], rules)

test('PLAIN with an initial response', () => {
  const { said, outcome, result, notes } = play('plain', ['235 2.7.0 ok', '221 bye'])
  expect(said[1]).toBe('AUTH PLAIN AHNvbWVvbmVAZXhhbXBsZS5vcmcAcGVuY2lsLWFuZC1wYXBlcg==\r\n')
  expect([outcome?.how, result.auth?.code, result.mechanism]).toEqual(['completed', 235, 'PLAIN'])
  const line = notes.find((note) => note.kind === 'line' && note.verb === 'AUTH')
  expect(line?.kind === 'line' && text(line.shown.bytes)).toBe('AUTH PLAIN ********\r\n')
})

test('LOGIN and CRAM-MD5 answer challenges', () => {
  expect(
    play('login', ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 ok', '221 bye']).said.slice(1, 4),
  ).toEqual(['AUTH LOGIN\r\n', 'c29tZW9uZUBleGFtcGxlLm9yZw==\r\n', 'cGVuY2lsLWFuZC1wYXBlcg==\r\n'])
  const cram = play('cram-md5', ['334 PDEuMkBzPg==', '235 ok', '221 bye'])
  expect(cram.said[1]).toBe('AUTH CRAM-MD5\r\n')
  expect(cram.machine.authenticated).toBe(true)
})

test.each([
  ['535 5.7.8 no', 'auth-rejected'],
  ['454 4.7.0 later', 'auth-temporary'],
  ['534 5.7.9 weak', 'auth-too-weak'],
  ['538 5.7.11 encrypt', 'auth-needs-tls'],
  ['530 5.7.0 Must issue STARTTLS first', 'auth-needs-tls'],
  ['421 4.7.0 too many', 'auth-too-many'],
])('%s', (reply, code) => {
  const { findings, outcome, said } = play('plain', [reply, '221 bye'])
  expect([findings, outcome?.by]).toEqual([[code], 'server'])
  expect(said.slice(2)).toEqual(reply.startsWith('421') ? [] : ['QUIT\r\n'])
})

test('a broken challenge is answered with *, and no secret follows', () => {
  const { said, findings, outcome } = play('login', ['334 not base64!', '501 cancelled', '221 bye'])
  expect(said.slice(1)).toEqual(['AUTH LOGIN\r\n', '*\r\n', 'QUIT\r\n'])
  expect([findings, outcome?.how]).toEqual([['auth-mechanism-broken'], 'failed'])
})

test('a server that asks for ever is given up', () => {
  const { state, said } = play(
    'login',
    Array.from({ length: 20 }, () => '334 VXNlcm5hbWU6'),
  )
  expect(state).toBe('done')
  expect(said.length).toBeLessThan(8)
})

test('a skipped response cancels the exchange instead of letting a command become one', () => {
  const { said } = play('login', ['334 VXNlcm5hbWU6', '501 ok', '221 bye'], {
    gate: (line: Outgoing) => (line.kind === 'auth' && line.bytes.length > 20 ? 'skip' : undefined),
  })
  expect(said.slice(1)).toEqual(['AUTH LOGIN\r\n', '*\r\n', 'QUIT\r\n'])
})

test('an edited AUTH goes on with the mechanism that was really named', () => {
  const { said, result } = play('plain', ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 ok', '221 bye'], {
    gate: (line: { verb?: string | undefined }) =>
      line.verb === 'AUTH' ? bytes('AUTH LOGIN\r\n') : undefined,
  })
  expect(said.slice(2, 4)).toEqual(['c29tZW9uZUBleGFtcGxlLm9yZw==\r\n', 'cGVuY2lsLWFuZC1wYXBlcg==\r\n'])
  expect(result.mechanism).toBe('LOGIN')
})

test('finish during an exchange cancels it first', () => {
  const { said } = clientPlay({ auth: auth('login'), transaction: null }, [
    ...offer,
    { type: 'finish' },
    '334 VXNlcm5hbWU6',
    '501 ok',
    '221 bye',
  ])
  expect(said.slice(1)).toEqual(['AUTH LOGIN\r\n', '*\r\n', 'QUIT\r\n'])
})

test('a password that the server echoes is masked in notes, findings and the result', () => {
  const { notes, result, outcome } = play('plain', [
    '535 bad pencil-and-paper cGVuY2lsLWFuZC1wYXBlcg==',
    '221 bye',
  ])
  const all = JSON.stringify([
    notes.map((note) => ('shown' in note ? text(note.shown.bytes) : note)),
    result,
    outcome,
  ])
  expect(all).not.toContain('pencil-and-paper')
  expect(all).not.toContain('cGVuY2ls')
})

test('nothing secret on a connection that is not protected or not verified', () => {
  const guarded = { auth: auth('plain', false), transaction: null }
  const clear = clientPlay(guarded, [...offer, '221 bye'])
  expect([clear.said.at(-1), clear.findings]).toEqual(['QUIT\r\n', ['auth-needs-tls']])
})

const sent = (effects: Effect[]) => effects.flatMap((effect) => (effect.type === 'send' ? [effect.line] : []))

test('TLS without a verified certificate is not enough either', () => {
  const machine = createClientMachine(clientOptions({ auth: auth('plain', false), tls: 'implicit' }))
  machine.handle({ type: 'opened', tls: { ...tls, verified: false } })
  const [ehlo] = sent(machine.handle({ type: 'bytes', bytes: bytes('220 hi\r\n') }))
  machine.handle({ type: 'sent', id: ehlo!.id })
  const effects = machine.handle({ type: 'bytes', bytes: bytes('250-x\r\n250 AUTH PLAIN\r\n') })
  expect(sent(effects).map((line) => line.verb)).toEqual(['QUIT'])
  expect(effects.find((effect) => effect.type === 'note' && effect.note.kind === 'finding')).toMatchObject({
    note: { code: 'auth-needs-tls', side: 'this-computer' },
  })
})
