import { expect, it } from 'vitest'
import { openStore } from '#engine/store/client.ts'
import type { Leg } from '#engine/relay/types.ts'
import type { Store } from '#engine/store/types.ts'
import { leg, over, queued } from './relaySamples.ts'
import { octets, pattern, temporaryFolder, temporaryStore } from './support.ts'

async function queue(store: Store, legs: Leg[], content = octets('abc')): Promise<void> {
  const { message } = legs[0]!
  const writer = store.openContent(message.session, message.body)
  writer.append(content)
  await writer.queue({ message, legs })
}

it('keeps a queue over a restart: legs as they were put, content whole, no message of the Inbox', async () => {
  const folder = temporaryFolder()
  const first = await openStore({ folder })
  const message = queued('s')
  const [one, two] = [leg(message, 1), leg(message, 2, { state: 'held', why: 'Nobody allowed it' })]
  await queue(first, [one, two], pattern(600_000))
  const later = { ...one, tries: 1, nextAt: 5, recipients: [{ address: 'a@b.test', state: 'failed' as const, words: '550 no' }] } // prettier-ignore
  await first.relay.putLegs([later])
  await first.close()
  const store = await temporaryStore(folder)
  expect(await store.relay.openLegs(null, 9)).toEqual([later, two])
  expect(await store.relay.leg(two.id)).toEqual(two)
  const read = await store.readContent('s', 1, 0, 1 << 20)
  expect(Buffer.compare(read!.bytes, pattern(600_000))).toBe(0)
  expect((await store.listMessages({ show: 'all', limit: 9 })).total).toBe(0)
  await store.relay.putLegs([over(later), over(two, 'dropped')])
  expect(await store.relay.openLegs(null, 9)).toEqual([])
})
