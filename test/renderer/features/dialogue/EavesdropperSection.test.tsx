import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { EavesdropperSection } from '#renderer/features/dialogue/EavesdropperSection.tsx'
import type { EventOf } from '#shared/transcript/event.ts'
import { lastOf } from '../../../support/page/builder.ts'
import { held, refused } from '../../../support/page/scenes.ts'

const text = (event: EventOf<'line'>) => render(<EavesdropperSection event={event} />).container.textContent
const auth = () => lastOf(held().events, 'line')
test('in clear every byte; sealed only the size; of a secret not even its length', () => {
  const mail = lastOf(refused().events.slice(0, 6), 'line')
  expect(text(mail)).toContain('33 bytes, in clearevery byteMAIL FROM:<orders@shop.example>')
  expect(text(auth())).toBe('What an eavesdropper seesSealedsize and time only')
  expect(text({ ...auth(), sealed: false })).toContain('Everythingthe secret too')
})
