import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { FormSheet, SheetPart } from '#renderer/features/send/FormSheet.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { drawn, renderRoom } from '#test/support/page/room.tsx'

const sheet = (
  <FormSheet name="connection" title="Connection, in detail">
    <SheetPart name="Names" about="Who is who.">
      <div data-field="ehloName">
        <TextField label="EHLO name" value="" onChange={() => {}} />
      </div>
    </SheetPart>
  </FormSheet>
)

test('opens by its name, has named parts, and closes', async () => {
  const { stores } = renderRoom(sheet)
  expect(screen.queryByRole('dialog')).toBeNull()
  stores.compose.getState().set({ sheet: 'connection' })
  expect(await screen.findByRole('dialog', { name: 'Connection, in detail' })).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Names' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Done' }))
  expect(stores.compose.getState().sheet).toBeNull()
})
test('opened because of a problem, the field has the focus', async () => {
  const { stores } = renderRoom(sheet)
  stores.compose.getState().set({ sheet: 'connection' })
  stores.compose.getState().setProblems({ ehloName: 'No name.' })
  await screen.findByRole('dialog')
  await drawn()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'EHLO name' }))
})
