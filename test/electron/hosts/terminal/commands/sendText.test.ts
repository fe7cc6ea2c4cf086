import { expect, test } from 'vitest'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { recipientLines } from '../../../../../electron/hosts/terminal/commands/sendText.ts'

type Recipients = DialogueResult['recipients']
const lines = (recipients: Recipients) =>
  recipientLines({ session: 's', outcome: 'rejected', message: 'm', recipients })
const good = { address: 'a@x.test', accepted: true, code: 250, reply: '250 ok' }
const bad = { address: 'b@x.test', accepted: false, code: 550, reply: '550 no' }

test('nothing where the outcome says it all', () => {
  expect([lines([]), lines([bad]), lines([good, good])]).toEqual([[], [], []])
})

test('who was refused and why, and who was not asked', () => {
  const silent = { address: 'c@x.test', accepted: false, reply: '' }
  expect(lines([good, { ...bad, findings: ['greylisted', 'x'] }, silent])).toEqual([
    '✓ a@x.test: 250 ok',
    '✗ b@x.test: 550 no (greylisted, x)',
    '· c@x.test: not asked, or not answered',
  ])
})

test('a server moves no cursor, and thousands are counted', () => {
  expect(lines([good, { ...bad, reply: '550 \u001b[2Jno' }])[1]).not.toContain('\u001b')
  const many = Array.from({ length: 150 }, () => bad)
  expect([lines(many).length, lines(many).at(-1)]).toEqual([101, 'and 50 more recipients'])
})
