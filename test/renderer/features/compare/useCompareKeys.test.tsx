import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useCompareKeys } from '#renderer/features/compare/useCompareKeys.ts'
import { advised, compareServices } from '#test/support/page/compare.tsx'
import { renderRoom } from '#test/support/page/room.tsx'

function Keys() {
  useCompareKeys(advised(), undefined)
  return <input aria-label="field" />
}
test('C copies outside fields, unless single letters are off', async () => {
  const user = userEvent.setup()
  const { stores } = renderRoom(<Keys />, compareServices())
  await user.type(screen.getByLabelText('field'), 'c')
  expect(stores.probe.getState().done).toBe('')
  screen.getByLabelText('field').blur()
  stores.settings.getState().change({ singleKeys: false })
  await user.keyboard('c')
  expect(stores.probe.getState().done).toBe('')
  stores.settings.getState().change({ singleKeys: true })
  await user.keyboard('c')
  await waitFor(() => expect(stores.probe.getState().done).toBe('Copied, as Markdown.'))
})
