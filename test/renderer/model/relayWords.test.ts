import { expect, test } from 'vitest'
import { endWords, lastWords, replyMeaning } from '#renderer/model/relayWords.ts'
import { queueDetail } from '#test/support/relay/page.ts'

test('a reply is said by whom, and what it means', () => {
  const words = '550 5.1.1 No such user'
  const history = [{ at: '2026-03-04T10:12:00.000Z', outcome: 'failed', words, host: 'mx1.osprey.example:25' } as const] // prettier-ignore
  const { said, meaning } = lastWords(queueDetail({ words, history }))
  expect(said).toBe('mx1.osprey.example: 550 5.1.1 No such user.')
  expect(meaning).toMatch(/\.$/)
})
test('our own words need no explanation; what nobody knows gets none that is wrong', () => {
  expect(replyMeaning('Certificate is for another name')).toBe('')
  expect(replyMeaning('250 2.0.0 Ok')).toBe('')
  expect(replyMeaning('451 Try later')).not.toBe('')
  expect(lastWords(queueDetail({ words: 'Waiting', history: [] }))).toEqual({ said: 'Waiting.', meaning: '' })
})
const end = (change: Parameters<typeof queueDetail>[0]) => endWords(queueDetail(change))

test('what is over says how; nothing was said before the first try', () => {
  expect(lastWords(queueDetail({ words: '', history: [] }))).toEqual({ said: '', meaning: '' })
  expect(end({ state: 'dropped', tries: 0 })).toBe('Dropped before it was tried. Nobody was told.')
  expect(end({ state: 'dropped', tries: 2 })).toBe('Dropped. Nobody was told.')
  expect(end({ state: 'bounced' })).toBe(
    'Given up. A report goes to orders@shop.example unless none was asked for.',
  )
  expect(end({ state: 'bounced', sender: '' })).toMatch(/nobody is told/)
  expect(end({ state: 'waiting' })).toBe('')
})
