import { expect, test } from 'vitest'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { transaction } from '#test/support/smtp/pump.ts'

const to = ['b@example.org', 'c@example.org']

test('a refused sender ends with QUIT', () => {
  const { said, findings, outcome, result } = clientPlay({}, [...hello(), '553 5.1.8 no', '221 bye'])
  expect([said.at(-1), findings, outcome?.how, result.mail?.code]).toEqual([
    'QUIT\r\n',
    ['sender-rejected'],
    'refused',
    553,
  ])
})

test('after a refused sender the pipelined refusals say nothing about the recipients', () => {
  const replies = ['530 5.7.0 Authentication required', '503 no', '503 no', '503 no', '221 bye']
  const { findings, said, result } = clientPlay({ transaction: transaction(to) }, [
    ...hello('PIPELINING'),
    replies.slice(0, 4).join('\r\n'),
    '221 bye',
  ])
  expect([findings, said.at(-1)]).toEqual([['auth-required'], 'QUIT\r\n'])
  expect(result.recipients.map(({ reply }) => reply?.code)).toEqual([503, 503])
})

test('one accepted recipient is enough to go on', () => {
  const { said, findings } = clientPlay({ transaction: transaction(to) }, [
    ...hello(),
    '250 a',
    '550 5.1.1 b',
    '250 c',
  ])
  expect([said.at(-1), findings]).toEqual(['DATA\r\n', ['recipient-unknown']])
})

test('every recipient refused: QUIT instead of DATA', () => {
  const { said, outcome, findings } = clientPlay({ transaction: transaction(to) }, [
    ...hello(),
    '250 a',
    '550 5.1.1 b',
    '451 4.7.1 Greylisted',
    '221 x',
  ])
  expect([said.at(-1), findings]).toEqual(['QUIT\r\n', ['recipient-unknown', 'greylisted']])
  expect(outcome).toEqual({
    how: 'refused',
    by: 'server',
    message: 'The server refused every recipient: 451 4.7.1 Greylisted',
  })
})

test('a pipelined DATA that is accepted without a recipient is ended by a dot (RFC 2920 §3.1)', () => {
  const { said, outcome } = clientPlay({}, [
    ...hello('PIPELINING'),
    '250 a\r\n550 5.1.1 b\r\n354 c',
    '554 no valid recipients',
    '221 x',
  ])
  expect(said.slice(-2)).toEqual(['.\r\n', 'QUIT\r\n'])
  expect(outcome?.message).toBe('The server refused every recipient: 550 5.1.1 b')
})

test('a refused DATA and a refused message', () => {
  const data = clientPlay({}, [...hello(), '250 a', '250 b', '554 no', '221 x'])
  expect([data.findings, data.result.data?.code, data.outcome?.how]).toEqual([
    ['data-rejected'],
    554,
    'refused',
  ])
  const final = clientPlay({}, [...hello(), '250 a', '250 b', '354 c', '550 5.7.1 spam', '221 x'])
  expect([final.findings, final.result.final?.code]).toEqual([['content-rejected'], 550])
})

test('findings for refused recipients are bounded, results are complete', () => {
  const many = Array.from({ length: 60 }, (_, i) => `u${i}@example.org`)
  const replies = many.map(() => '550 5.1.1 no')
  const { findings, result } = clientPlay({ transaction: transaction(many) }, [
    ...hello(),
    '250 a',
    ...replies,
  ])
  expect([findings.length, result.recipients.filter(({ reply }) => reply?.code === 550).length]).toEqual([
    20, 60,
  ])
})

test('a server that takes an empty message after refusing everyone has accepted nothing of ours', () => {
  const { findings, outcome, said, result } = clientPlay({}, [
    ...hello('PIPELINING'),
    '250 a',
    '550 5.1.1 nobody',
    '354 go',
    '250 taken',
    '221 bye',
  ])
  expect(said).toContain('.\r\n')
  expect([findings, outcome?.how, result.final]).toEqual([['recipient-unknown'], 'refused', null])
})
