import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SourceIcon, sources } from '#renderer/ui/SourceIcon.tsx'
import { SessionHead } from '#shared/transcript/event.ts'

test('every source has a glyph and a word', () => {
  for (const source of SessionHead.shape.source.options)
    expect(render(<SourceIcon source={source} />).container.textContent).toBe(sources[source].word)
})
