import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ItemActs, MoreActs, useActs } from '#renderer/features/relay/ItemActs.tsx'
import type { QueueDetail } from '#shared/rpc/contract/relay.ts'
import { renderRoom } from '#test/support/page/room.tsx'
import { filledRelay, queueDetail } from '#test/support/relay/page.ts'

function Both({ detail }: { detail: QueueDetail }) {
  const acts = useActs()
  return (
    <>
      <MoreActs detail={detail} act={acts.act} />
      <ItemActs detail={detail} acts={acts} />
    </>
  )
}

test('try now and by another virtual MTA at once; back to the sender is asked first', async () => {
  const { client, stores } = renderRoom(<Both detail={queueDetail()} />, filledRelay())
  await userEvent.click(screen.getByRole('button', { name: 'Try now' }))
  await waitFor(() => expect(client.asked('relay.act')).toHaveLength(1))
  await userEvent.click(await screen.findByRole('button', { name: 'Use mta2' }))
  await waitFor(() => expect(client.asked('relay.act')[1]).toMatchObject({ act: 'use-mta', virtualMta: 'mta2' }))
  await userEvent.click(screen.getByRole('button', { name: 'Return to sender' }))
  expect(client.asked('relay.act')).toHaveLength(2)
  expect(stores.relay.getState().asks).toMatchObject({ what: 'act', act: 'bounce' })
}) // prettier-ignore
test('to all of a domain: held at once, dropped after a question', async () => {
  const { client, stores } = renderRoom(<Both detail={queueDetail()} />, filledRelay())
  await userEvent.click(screen.getByRole('button', { name: 'More to do' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Hold everything for osprey.example' }))
  await waitFor(() => expect(client.asked('relay.act')[0]).toEqual({ act: 'hold', target: { domain: 'osprey.example' } })) // prettier-ignore
  await userEvent.click(screen.getByRole('button', { name: 'More to do' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Drop everything for osprey.example …' }))
  expect(stores.relay.getState().asks).toMatchObject({ act: 'drop', target: { domain: 'osprey.example' } })
})
test('held because nobody allowed it: the act that does, after a question', async () => {
  const detail = queueDetail({
    state: 'held',
    toAllow: ['osprey.example', 'mx1.osprey.example'],
    words: 'Not allowed.',
  })
  const { stores } = renderRoom(<Both detail={detail} />, filledRelay())
  await userEvent.click(screen.getByRole('button', { name: 'Allow osprey.example …' }))
  expect(stores.relay.getState().asks).toEqual({ what: 'allow', host: 'osprey.example', leg: 's1.1/1' })
  await userEvent.click(screen.getByRole('button', { name: 'More to do' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Allow mx1.osprey.example …' }))
  expect(stores.relay.getState().asks).toMatchObject({ what: 'allow', host: 'mx1.osprey.example' })
})
test('held by hand is released; a bounce goes back to nobody; what could not be done is said', async () => {
  const services = filledRelay()
  services.client.on('relay.act', () => ({ done: 0, problems: [] }))
  renderRoom(<Both detail={queueDetail({ state: 'held', words: 'Held by hand', sender: '' })} />, services)
  expect(screen.queryByRole('button', { name: 'Return to sender' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Release' }))
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was there')
})
