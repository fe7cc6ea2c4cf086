/**
 * Started as a process by relayClient.test.ts: many sessions queue messages and deliver every second one; each is confirmed
 * once it is durable, as a 250 to the client and a 250 from the next hop would be.
 */
import { openStore } from '#engine/store/client.ts'
import { confirm } from './confirm.ts'
import { pattern } from './crashSample.ts'
import { leg, over, queued } from './relaySamples.ts'

const [folder = '', run = '0'] = process.argv.slice(2)
const store = await openStore({ folder })

async function session(number: number): Promise<never> {
  for (let body = 1; ; body++) {
    const seed = Number(run) * 1_000_000 + number * 10_000 + body
    const message = queued(`r${run}-s${number}`, body)
    const legs = [leg(message, 1), leg(message, 2)]
    const writer = store.openContent(message.session, body)
    const bytes = pattern(seed)
    for (let at = 0; at < bytes.length; at += 50_000) {
      if (!writer.append(bytes.subarray(at, at + 50_000))) await writer.drain()
    }
    await writer.queue({ message, legs })
    confirm(`queued ${message.id} ${seed}`)
    if (body % 2 === 1) continue
    await store.relay.putLegs([over(legs[0]!)])
    confirm(`over ${legs[0]!.id} ${seed}`)
  }
}
await Promise.all(Array.from({ length: 12 }, (_, number) => session(number)))
