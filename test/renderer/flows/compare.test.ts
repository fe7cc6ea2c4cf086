import { expect, test } from 'vitest'
import { compare, findDialogues, keepOrCompare } from '#renderer/flows/compare.ts'
import { makeServices } from '../../support/page/render.tsx'
import { accepted, refused } from '../../support/page/scenes.ts'

test('two dialogues have an address of their own', () => {
  compare('a b', 'c')
  expect(window.location.hash).toBe('#/dialogue/a%20b/with/c')
})
test('found by the wire text, and known to the list from then on', async () => {
  const { services, stores } = makeServices({ sessions: [accepted(), refused()] })
  expect(await findDialogues(services, ' ')).toEqual([])
  expect(await findDialogues(services, 'Greylisted')).toEqual(['accepted'])
  expect(Object.keys(stores.transcripts.getState().summaries)).toEqual(['accepted'])
})
test('the first is kept, the second compared; the same once more is let go', () => {
  const { services, stores } = makeServices()
  expect(keepOrCompare(services, 'one')).toContain('Kept')
  expect(keepOrCompare(services, 'one')).toBe('Not kept any more.')
  keepOrCompare(services, 'one')
  keepOrCompare(services, 'two')
  expect(window.location.hash).toBe('#/dialogue/one/with/two')
  expect(stores.compare.getState().kept).toBe('')
  window.location.hash = ''
})
