import { expect, test } from 'vitest'
import { textFormat } from '#shared/transcript/export/text.ts'
import { toText } from '#shared/transcript/text.ts'
import { sample } from './sample.ts'

test('as the terminal shows it', () => {
  expect([...textFormat.write(sample, 'relayscope 1.2.3')].join('')).toBe(toText(sample.events, sample.head))
})
