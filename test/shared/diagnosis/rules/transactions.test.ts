import { expect, test } from 'vitest'
import { readTranscript } from '#shared/diagnosis/reading/read.ts'
import { transactions } from '#shared/diagnosis/rules/transactions.ts'
import { head, hello, script } from '#test/support/diagnosis/script.ts'

const cut = (...parts: string[]) => transactions(readTranscript(head(), script([...hello(), ...parts])))

test('two messages in one session, the second given up', () => {
  const found = cut('C: MAIL FROM:<a@x.example>', 'S: 250 a', 'C: RCPT TO:<b@x.example>', 'S: 250 b', 'C: DATA', 'S: 354 c', 'C: .', 'S: 250 d', 'C: MAIL FROM:<a@x.example>', 'S: 250 e', 'C: RSET', 'S: 250 f') // prettier-ignore
  expect(found.map(({ recipients, final, unwanted }) => [recipients.length, final?.answer?.code, unwanted])).toEqual([
    [1, 250, false], [0, undefined, false],
  ]) // prettier-ignore
})

test('a refused sender, and recipients all refused, make the rest no news', () => {
  expect(cut('C: MAIL FROM:<>', 'S: 550 no', 'C: RCPT TO:<b@x.example>', 'S: 503 no')[0]!.unwanted).toBe(true)
  expect(
    cut('C: RCPT TO:<b@x.example>', 'S: 550 no', 'C: RCPT TO:<c@x.example>', 'S: 250 ok')[0]!.unwanted,
  ).toBe(false)
})
