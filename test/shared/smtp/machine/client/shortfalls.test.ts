import { expect, test } from 'vitest'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { transaction } from '#test/support/smtp/pump.ts'

const played = (capabilities: string[], to: string[], change: object, options = {}) => {
  const replies = [...hello(...capabilities), '250 a', ...to.map(() => '250 b'), '354 c', '250 d', '221 e']
  const run = clientPlay({ transaction: transaction(to, change), ...options }, replies)
  expect(run.said.some((line) => line.startsWith('MAIL'))).toBe(true)
  return run
}
const found = (...given: Parameters<typeof played>) =>
  played(...given).findings.filter((code) => code !== 'accepted')
const one = ['b@example.org']
const three = [...one, 'c@example.org', 'd@example.org']

test('8-bit content without 8BITMIME is said and sent all the same (RFC 6152 §3)', () => {
  expect(found([], one, { eightBit: true })).toEqual(['extension-missing'])
  expect(found(['8BITMIME'], one, { eightBit: true })).toEqual([])
  expect(found([], one, {})).toEqual([])
})

test('more recipients than RCPTMAX are said (RFC 9422 §4)', () => {
  expect(found(['LIMITS RCPTMAX=2'], three, {})).toEqual(['rate-limited'])
  expect(found(['LIMITS RCPTMAX=3'], three, {})).toEqual([])
})

test('all that was asked for and is not offered stands in one finding, and is left out or said', () => {
  const dsn = { notify: ['SUCCESS'], ret: 'FULL', envid: 'e' }
  const extensions = { smtputf8: 'on', size: 5, eightBitMime: 'on' }
  const { notes, findings, said } = played([], one, { dsn, extensions }, { chunking: true })
  expect(findings).toEqual(['extension-missing', 'accepted'])
  const note = notes.find((each) => each.kind === 'finding')
  for (const words of [
    'DSN: NOTIFY, RET, ENVID were left out',
    'CHUNKING',
    'declared 5 octets',
    'SMTPUTF8 is said',
  ])
    expect(note).toMatchObject({ message: expect.stringContaining(words) })
  expect(said.slice(1, 4)).toEqual([
    'MAIL FROM:<a@example.org> BODY=8BITMIME SMTPUTF8\r\n',
    'RCPT TO:<b@example.org>\r\n',
    'DATA\r\n',
  ])
})

test('8-bit content that shall go without BODY is no shortfall', () => {
  expect(found([], one, { eightBit: true, extensions: { eightBitMime: 'off' } })).toEqual([])
})
