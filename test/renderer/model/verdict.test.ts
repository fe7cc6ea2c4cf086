import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { endWords, findingWords, saysTheSame, shortEnd } from '#renderer/model/verdict.ts'
import { lastOf } from '../../support/page/builder.ts'
import { accepted, unreachable } from '../../support/page/scenes.ts'

const { events } = unreachable()
const end = lastOf(events, 'end')
const finding = { ...lastOf(accepted().events, 'finding'), seq: end.seq, next: 'Try another port.' }
const toldBy = (message: string) =>
  appendEvents(emptyLog(), {
    events: [...events.slice(0, -1), { ...finding, message }, { ...end, seq: end.seq + 1 }],
  })

test('the head says how it went; the finding says what to do and the end only that it is the end', () => {
  const log = toldBy(end.message)
  expect(findingWords({ ...finding, message: end.message }, log)).toBe('Try another port.')
  expect(endWords(end, log, [finding.seq])).not.toBe(end.message)
  expect(shortEnd(end, [end.message])).toBe(endWords(end, log, [finding.seq]))
})
test('what is not said elsewhere is said in full', () => {
  const log = toldBy('The greeting took long.')
  expect(findingWords({ ...finding, message: 'The greeting took long.' }, log)).toBe(
    'The greeting took long.',
  )
  expect(endWords(end, log, [finding.seq])).toBe(end.message)
  expect(endWords(end, log, [])).toBe(end.message)
  expect(shortEnd(end, [])).toBe(end.message)
})
test('two sentences that quote the same reply say the same', () => {
  expect(saysTheSame('It refused to sign in: 535 5.7.8 no', 'The sign-in was refused: 535 5.7.8 no')).toBe(
    true,
  )
  expect(saysTheSame('It refused: 535 no', 'It refused: 550 no')).toBe(false)
  expect(saysTheSame('One', 'Another')).toBe(false)
})
