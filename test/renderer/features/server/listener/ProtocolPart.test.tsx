import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ProtocolPart } from '#renderer/features/server/listener/ProtocolPart.tsx'
import { serverExtensions } from '#shared/smtp/machine/options.ts'
import { violations } from '#test/support/page/axe.ts'
import { renderPart } from './support.tsx'

const part = (props: Parameters<typeof ProtocolPart>[0]) => <ProtocolPart {...props} />

test('extensions are switched one by one; all of them is no rule', async () => {
  const { draft, container } = renderPart(part, {}, { extensions: 'E.' })
  expect(screen.getAllByRole('checkbox', { checked: true })).toHaveLength(serverExtensions.length)
  await userEvent.click(screen.getByRole('checkbox', { name: /^CHUNKING/ }))
  expect(draft().extensions).toEqual(serverExtensions.filter((name) => name !== 'CHUNKING'))
  expect(screen.getByText('E.')).toBeTruthy()
  await userEvent.click(screen.getByRole('checkbox', { name: /^CHUNKING/ }))
  expect(draft()).not.toHaveProperty('extensions')
  expect(await violations(container)).toEqual([])
})
test('keeping bare line ends comes with the warning', async () => {
  const { draft } = renderPart(part)
  expect(screen.queryByText(/smuggled/)).toBeNull()
  await userEvent.click(screen.getByRole('radio', { name: /Keep it/ }))
  expect(draft().bareLineEnds).toBe('keep')
  expect(screen.getByText(/never ends a message here/)).toBeTruthy()
})
