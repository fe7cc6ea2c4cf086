/** Owns: drawing the form of an entry over a relay that is there, and what was saved by it. */
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ComponentType } from 'react'
import { expect, vi } from 'vitest'
import type { EntryProps } from '#renderer/features/relay/entry/EntryFrame.tsx'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, shopPolicy } from '#test/support/relay/page.ts'

export function drawEntry(Form: ComponentType<EntryProps>, place = -1, policy = shopPolicy()) {
  const close = vi.fn()
  const services = filledRelay()
  renderRoom(<Form policy={policy} place={place} onClose={close} />, services)
  return {
    client: services.client,
    /** Presses the button that saves, and answers with what was saved. */
    async save(): Promise<{ policy: RelayPolicy; secrets?: Record<string, string> | undefined }> {
      await userEvent.click(screen.getByRole('button', { name: place < 0 ? 'Add' : 'Save' }))
      await waitFor(() => expect(close).toHaveBeenCalled())
      const rules = services.client.asked('relay.setRules').at(-1)?.rules
      if (rules === undefined || 'text' in rules) throw new Error('No policy was saved.')
      return rules
    },
  }
}

export const type = async (name: string, text: string): Promise<void> => {
  const field = screen.getByLabelText(name)
  await userEvent.clear(field)
  if (text !== '') await userEvent.type(field, text.replace(/[[{]/g, '$&$&'))
}
