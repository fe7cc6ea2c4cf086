import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ConfidenceBars } from '#renderer/ui/ConfidenceBars.tsx'

test('the word says what the bars draw', () => {
  expect((['certain', 'likely', 'possible'] as const).map((confidence) => render(<ConfidenceBars confidence={confidence} />).container.textContent)).toEqual(['Certain', 'Likely', 'Possible']) // prettier-ignore
})
