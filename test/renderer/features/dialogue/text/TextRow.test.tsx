import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { TextRow } from '#renderer/features/dialogue/text/TextRow.tsx'
import { held } from '../../../../support/page/scenes.ts'

test('a reader hears who, text and sealed; the parts are a picture', () => {
  render(<TextRow event={held().events[11]!} times selected id="text-12" onSelect={() => {}} />)
  const row = screen.getByRole('option', { name: 'Server, 235 2.7.0, Authentication successful, sealed' })
  expect(row.getAttribute('aria-selected')).toEqual('true')
  expect(row.textContent).toContain('S:235 2.7.0 Authentication successful')
})
