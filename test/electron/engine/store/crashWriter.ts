/** Started as a process by client.test.ts: delivers messages on many sessions and says each id once it is durable. */
import { openStore } from '#engine/store/client.ts'
import { confirm } from './confirm.ts'
import { envelope, largeOctets, pattern } from './crashSample.ts'

const [folder = '', run = '0', kind = ''] = process.argv.slice(2)
/** Many small messages at once, or a few large ones. */
const [make, sessions] = kind === 'large' ? [largeOctets, 4] : [pattern, 12]
const store = await openStore({ folder })

async function session(number: number): Promise<never> {
  for (let body = 1; ; body++) {
    const seed = Number(run) * 1_000_000 + number * 10_000 + body
    const writer = store.openContent(`r${run}-s${number}`, body)
    const bytes = make(seed)
    for (let at = 0; at < bytes.length; at += 50_000) {
      if (!writer.append(bytes.subarray(at, at + 50_000))) await writer.drain()
    }
    await writer.commit(envelope())
    confirm(`${writer.id} ${seed}`)
  }
}
await Promise.all(Array.from({ length: sessions }, (_, number) => session(number)))
