import { expect, it } from 'vitest'
import { changed, setTone, toneOf } from '#shared/probe/change.ts'

it('is nothing when both are alike, and bounded when they are not', () => {
  expect(changed('x', 'a', 'a')).toEqual([])
  expect(changed('x', 'a', 'b', 'worse')).toEqual([{ what: 'x', before: 'a', after: 'b', tone: 'worse' }])
  expect(changed('x', 'a'.repeat(5000), 'b')[0]?.before.length).toBeLessThan(310)
})

it('has its tone by rank', () => {
  expect([toneOf(0, 1), toneOf(1, 0), toneOf(1, 1)]).toEqual(['better', 'worse', 'neutral'])
})

const rank = (member: string): number => (member.startsWith('old') ? -1 : 1)

it('judges a set by what was gained and lost; both ways is neither', () => {
  expect(setTone(['new'], ['new', 'newer'], rank)).toBe('better')
  expect(setTone(['old', 'new'], ['new'], rank)).toBe('better')
  expect(setTone(['new'], ['new', 'old'], rank)).toBe('worse')
  expect(setTone(['old', 'new'], [], rank)).toBe('neutral')
  expect(setTone(['new'], ['new'], rank)).toBe('neutral')
})
