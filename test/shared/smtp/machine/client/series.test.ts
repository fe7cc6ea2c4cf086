import { expect, test } from 'vitest'
import type { ClientOptions } from '#shared/smtp/machine/options.ts'
import { clientPlay, type Happening, hello } from '#test/support/smtp/playbook.ts'
import { transaction } from '#test/support/smtp/pump.ts'

const ok = '250 ok'
const content = ['Subject: hi\r\n\r\nhello\r\n']
const taken = [ok, ok, '354 go', '250 kept']
const next = (...to: string[]): Happening => ({
  type: 'next',
  transaction: transaction(to.length > 0 ? to : ['other@example.org'], { size: 23 }),
})
const over: Happening = { type: 'next', transaction: null }
const play = (replies: Happening[], change: Partial<ClientOptions> = {}, each = content) =>
  clientPlay({ transaction: transaction(), series: true, ...change }, replies, { content: each })
const verbs = ({ said }: ReturnType<typeof play>) => said.map((line) => line.split(/[ :\r]/)[0])
const asked = ({ effects }: ReturnType<typeof play>) => effects.filter(({ type }) => type === 'next').length

test('asks for the next message instead of saying QUIT, and says QUIT when there is none', () => {
  const played = play([...hello(), ...taken, next(), ok, '550 5.1.1 no', ok, over, '221 bye'])
  expect(asked(played)).toBe(2)
  const first = ['EHLO', 'MAIL', 'RCPT', 'DATA', 'Subject', '.']
  expect(verbs(played)).toEqual([...first, 'MAIL', 'RCPT', 'RSET', 'QUIT'])
})

test('the result is that of the last transaction', () => {
  const second = play([...hello(), ...taken, next('x@example.org'), ok, '550 5.1.1 no such user', ok])
  expect(second.result.recipients).toMatchObject([{ address: 'x@example.org', reply: { code: 550 } }])
  expect(second.result.final).toBeNull()
  expect(asked(second)).toBe(2)
})

test.each([
  ['the sender', ['451 4.7.1 later'], []],
  ['every recipient', [ok, '550 5.1.1 no', ok], ['RSET']],
  ['DATA', [ok, ok, '451 4.3.0 later', ok], ['RSET']],
  ['the message', [ok, ok, '354 go', '554 5.6.0 no'], []],
] as const)('goes on after a refusal of %s', (_, replies, between) => {
  const played = play([...hello(), ...replies, over, '221 bye'])
  expect(asked(played)).toBe(1)
  expect(verbs(played).filter((verb) => verb === 'RSET' || verb === 'QUIT')).toEqual([...between, 'QUIT'])
  expect(played.outcome?.how).toBe('refused')
})

test('with PIPELINING too', () => {
  const played = play([
    ...hello('PIPELINING'),
    '550 5.7.1 no',
    '503 5.5.1 no',
    '503 5.5.1 no',
    next(),
    ...taken,
    over,
    '221 bye',
  ])
  expect(asked(played)).toBe(2)
  expect(played.outcome).toMatchObject({ how: 'completed', by: 'client' })
  expect(played.result.final?.code).toBe(250)
})

test('a refused RSET ends the series', () => {
  const played = play([...hello(), ok, '550 no', '421 4.3.2 enough'])
  expect(asked(played)).toBe(0)
  expect(played.outcome?.how).toBe('refused')
  const argued = play([...hello(), ok, '550 no', '500 what', '221 bye'])
  expect([asked(argued), argued.said.at(-1)]).toEqual([0, 'QUIT\r\n'])
})

test('421, a fault before the first message and a person end it', () => {
  expect(asked(play([...hello(), '421 4.3.2 closing']))).toBe(0)
  expect(asked(play(['220 hi', '550 no', '550 no', '221 bye']))).toBe(0)
  const person = play([...hello(), ok, { type: 'finish' }, ok, '221 bye'])
  expect([asked(person), person.said.at(-1)]).toEqual([0, 'QUIT\r\n'])
})

test('while it waits for the next one the server may hang up', () => {
  const closed: Happening = { type: 'ended', how: 'closed', message: 'closed' }
  expect(play([...hello(), ...taken, closed]).outcome).toMatchObject({ how: 'completed', by: 'client' })
  expect(play([...hello(), ...taken, '421 4.4.2 idle']).outcome).toMatchObject({ how: 'completed' })
  const later = play([...hello(), ...taken, next(), closed])
  expect(later.outcome).toMatchObject({ how: 'closed', by: 'server' })
})

test('without a series nothing is asked, and an unexpected answer is nothing', () => {
  const played = play([...hello(), next(), ...taken, '221 bye'], { series: false })
  expect([asked(played), played.outcome?.how]).toEqual([0, 'completed'])
})

test('begun without a transaction it asks for the first one when the offer is known', () => {
  const played = play([...hello('PIPELINING'), next(), ...taken, over, '221 bye'], { transaction: null })
  expect(asked(played)).toBe(2)
  expect(verbs(played)).toEqual(['EHLO', 'MAIL', 'RCPT', 'DATA', 'Subject', '.', 'QUIT'])
  expect(played.outcome).toMatchObject({ how: 'completed', by: 'client' })
})

test('begun without a transaction and given none it says QUIT', () => {
  const played = play([...hello(), over, '221 bye'], { transaction: null })
  expect(verbs(played)).toEqual(['EHLO', 'QUIT'])
})
