import { expect, test } from 'vitest'
import { droppedWords } from '#engine/relay/queue/droppedWords.ts'

test('that it was dropped, then what was said last, each once', () => {
  const words = droppedWords('451 4.3.0 later')
  expect([droppedWords(undefined), droppedWords(''), words, droppedWords(words)]).toEqual([
    'Dropped by hand',
    'Dropped by hand',
    'Dropped by hand; said last: 451 4.3.0 later',
    'Dropped by hand; said last: 451 4.3.0 later',
  ])
})
