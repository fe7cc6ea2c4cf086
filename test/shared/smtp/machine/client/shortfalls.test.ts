import { expect, test } from 'vitest'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { transaction } from '#test/support/smtp/pump.ts'

const found = (capabilities: string[], to: string[], change: object) => {
  const replies = [...hello(...capabilities), '250 a', ...to.map(() => '250 b'), '354 c', '250 d', '221 e']
  const { findings, said } = clientPlay({ transaction: transaction(to, change) }, replies)
  expect(said.some((line) => line.startsWith('MAIL'))).toBe(true)
  return findings.filter((code) => code !== 'accepted')
}
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
