import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ToneIcon, tones, type Tone } from '#renderer/ui/ToneIcon.tsx'

const isTone = (tone: string): tone is Tone => tone in tones
test('every verdict has its own glyph and word: never colour alone', () => {
  const glyphs = new Set(Object.values(tones).map(({ icon }) => icon))
  expect(glyphs.size).toBe(Object.keys(tones).length)
  for (const tone of Object.keys(tones).filter(isTone)) {
    const { container, unmount } = render(<ToneIcon tone={tone} spoken />)
    expect(container.textContent).toBe(tones[tone].word)
    unmount()
  }
})
test('a shown word replaces the usual one', () => {
  expect(render(<ToneIcon tone="sealed" word="59 bytes" spoken />).container.textContent).toBe('59 bytes')
})
