import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { EavesdropperSection } from '#renderer/features/dialogue/EavesdropperSection.tsx'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { lastOf } from '../../../support/page/builder.ts'
import { held, refused } from '../../../support/page/scenes.ts'

const log = appendEvents(emptyLog(), { events: held().events })
const text = (event: EventOf<'line'> | EventOf<'reply'>) =>
  render(<EavesdropperSection event={event} log={log} />).container.textContent
const auth = () => lastOf(held().events, 'line')
test('in clear every byte; sealed only the size; of a secret not even its length', () => {
  const mail = lastOf(refused().events.slice(0, 6), 'line')
  expect(text(mail)).toContain('33 bytes, in clearevery byteMAIL FROM:<orders@shop.example>')
  expect(text(auth())).toContain(
    'What an eavesdropper seesSealedsize and time onlyWhat the path has learnt so far',
  )
  expect(text({ ...auth(), sealed: false })).toContain('Everythingthe secret too')
})

test('a sealed line is a TLS record of a size that can be told; what was learnt before is listed', () => {
  const words = text(lastOf(held().events, 'reply'))
  expect(words).toContain('59 bytes, sealedsize and time only17 03 03 00 36 then 54 bytes without meaning')
  expect(words).toContain('Sign-innothing of user name or password')
})

test('where nothing travelled, what was learnt stands open: the section is never empty', () => {
  const tls = held().events.find(({ kind }) => kind === 'tls')!
  const { container, rerender } = render(<EavesdropperSection event={tls} log={log} />)
  expect(container.querySelector('details')?.open).toBe(true)
  expect(container.querySelector('p')?.textContent).toContain('The certificate is sealed already')
  rerender(<EavesdropperSection event={auth()} log={log} />)
  expect(container.querySelector('details')?.open).toBe(false)
})
