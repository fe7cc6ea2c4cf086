import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { BytesSection } from '#renderer/features/dialogue/BytesSection.tsx'
import { lastOf } from '../../../support/page/builder.ts'
import { renderWith } from '../../../support/page/render.tsx'
import { held } from '../../../support/page/scenes.ts'

test('text or hex, remembered', async () => {
  const { stores } = renderWith(<BytesSection event={lastOf(held().events, 'reply')} />)
  expect(screen.getByRole('figure').textContent).toContain('32 33 35')
  await userEvent.click(screen.getByRole('radio', { name: 'Text' }))
  expect(screen.getByText('235 2.7.0 Authentication successful')).toBeTruthy()
  expect(stores.settings.getState().bytes).toBe('text')
})
