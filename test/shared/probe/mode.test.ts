import { expect, it } from 'vitest'
import { modeWord } from '#shared/probe/mode.ts'

it('calls a port plain only where it was asked so, or spoke in clear', () => {
  expect(modeWord({ mode: 'plain', asked: 'auto' })).toBe('auto')
  expect(modeWord({ mode: 'plain', asked: 'auto', banner: '220 mx' })).toBe('plain')
  expect(modeWord({ mode: 'plain', asked: 'plain' })).toBe('plain')
  expect(modeWord({ mode: 'implicit', asked: 'auto' })).toBe('implicit')
})
