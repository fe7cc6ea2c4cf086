import { fireEvent } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { usePasteKeys } from '#renderer/features/dialogue/paste/usePasteKeys.ts'
import { makeServices, renderWith } from '../../../../support/page/render.tsx'

const read = vi.fn<(files: readonly File[]) => void>()
function Part() {
  usePasteKeys(read)
  return <input aria-label="field" />
}
const clipboard = (text: string, files: File[] = []) => ({ clipboardData: { files, getData: () => text } })

test('a paste outside of fields opens the dialog with the text', () => {
  const made = makeServices({})
  const pasting = () => made.stores.view.getState().pasting
  const { getByLabelText, unmount } = renderWith(<Part />, {}, made)
  fireEvent.paste(getByLabelText('field'), clipboard('220 hi'))
  fireEvent.paste(document.body, clipboard('  \n'))
  expect(pasting()).toBeNull()
  fireEvent.paste(document.body, clipboard('220 hi'))
  expect(pasting()).toBe('220 hi')
  const file = new File(['x'], 'a.log')
  fireEvent.paste(document.body, clipboard('', [file]))
  expect(read).toHaveBeenCalledWith([file])
  unmount()
  fireEvent.paste(document.body, clipboard('other'))
  expect(pasting()).toBe('220 hi')
})
