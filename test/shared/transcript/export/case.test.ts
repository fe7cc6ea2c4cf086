import { expect, test } from 'vitest'
import { caseFormat } from '#shared/transcript/export/case.ts'
import { readFile } from '#shared/transcript/reader.ts'
import { SessionHead } from '#shared/transcript/event.ts'
import { sample } from './sample.ts'

test('it reads again as it was', () => {
  const items = readFile([...caseFormat.write(sample, 'relayscope 1.2.3')].join(''))
  expect(items.flatMap((item) => (item.type === 'session' ? [item.session] : []))).toEqual([
    SessionHead.parse(sample.head),
  ])
  expect(items.flatMap((item) => (item.type === 'event' ? [item.event] : []))).toEqual(sample.events)
  expect(items.filter((item) => item.type === 'problem')).toEqual([])
})
