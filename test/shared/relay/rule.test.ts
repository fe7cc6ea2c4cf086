import { expect, test } from 'vitest'
import { allow, at, decides, goOn, no, refuse } from '#shared/relay/rule.ts'

test('what allows or refuses decides; what only matches goes on', () => {
  const found = [no('a'), goOn('a'), allow('a', 'b'), refuse('a', 'b', 550, '5.7.1', 'c')]
  expect(found.map(decides)).toEqual([false, false, true, true])
  expect(found.map(({ matches }) => matches)).toEqual([false, true, true, true])
  expect([at(undefined), at(3)]).toEqual([{}, { line: 3 }])
})
