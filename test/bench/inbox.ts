/**
 * Owns: figures for a box of many messages: how long a page, a search and a count take while mail keeps arriving, each
 * with its slowest. The store is the real one with its worker and its syncs.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '#engine/store/client.ts'
import type { MessageQuery, Store } from '#engine/store/types.ts'

const words = ['parcel', 'receipt', 'harbour', 'backup', 'invoice', 'sign-in', 'lamp', 'newsletter']
const mailFor = (i: number): Uint8Array =>
  new Uint8Array(
    Buffer.from(
      `From: Sender ${i % 500} <s${i % 500}@shop.test>\r\nTo: ines@quay.test\r\nSubject: ${words[i % 8]!} ${i}\r\n\r\nThe ${words[(i * 3) % 8]!} number ${i} is on its way.\r\n`,
    ),
  )

async function put(store: Store, i: number): Promise<void> {
  const writer = store.openContent(`S${String(i).padStart(9, '0')}`, 1)
  writer.append(mailFor(i))
  const receivedAt = new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString()
  await writer.commit({ receivedAt, mailFrom: `s${i % 500}@shop.test`, rcptTo: [`ines+t${i % 40}@quay.test`], port: 2525, sealed: i % 2 === 0 }) // prettier-ignore
}

async function fill(store: Store, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 500)
    await Promise.all(Array.from({ length: Math.min(500, to - at) }, (_, i) => put(store, at + i)))
}

/** The index is filled while the store is idle: asked until the last message is found. */
async function indexed(store: Store, last: number): Promise<void> {
  for (;;) {
    const { total } = await store.listMessages({ text: `subject:"${words[last % 8]!} ${last}"`, limit: 1 })
    if (total > 0) return
    await new Promise((done) => setTimeout(done, 200))
  }
}

const queries: [string, MessageQuery][] = [
  ['list opens (200 rows)', { show: 'all', limit: 200 }],
  ['largest first', { sort: 'size', limit: 200 }],
  ['by sender', { sort: 'sender', limit: 200 }],
  ['search, 1 in 8', { text: 'parcel', limit: 200 }],
  ['search, one message', { text: 'subject:"lamp 6"', limit: 200 }],
  ['search, fields and minus', { text: 'from:s42 body:parcel -subject:lamp is:unread', limit: 200 }],
  ['by tag', { text: 'tag:t7', limit: 200 }],
]

/** Half of the box is removed by the keep rules while mail arrives: how long one commit waits at most. */
async function benchKeep(
  store: Store,
  count: number,
  feed: { arrived: number; slowest: number },
  say: (text: string) => void,
): Promise<void> {
  const rules = { on: true, count: Math.floor(count / 2), days: null, octets: null, spareStarred: true, dialogues: true } // prettier-ignore
  let at = performance.now()
  const { would } = await store.previewKeep(rules)
  say(`  keep preview               ${(performance.now() - at).toFixed(1).padStart(7)} ms, ${would.messages} would go`) // prettier-ignore
  const before = await store.listMessages({ limit: 1 })
  const waited = feed.slowest
  feed.slowest = 0
  const arrived = feed.arrived
  at = performance.now()
  await store.setKeep(rules)
  for (;;) {
    const { total, disk } = await store.listMessages({ limit: 1 })
    if (total <= rules.count + 200) {
      const seconds = (performance.now() - at) / 1000
      say(`  keep rules removed ${before.total - total} in ${seconds.toFixed(1)} s, ${((before.disk - disk) / 1e6).toFixed(0)} of ${(before.disk / 1e6).toFixed(0)} MB free again`) // prettier-ignore
      break
    }
    await new Promise((done) => setTimeout(done, 100))
  }
  say(`  slowest commit meanwhile   ${feed.slowest.toFixed(1).padStart(7)} ms of ${feed.arrived - arrived} (before: ${waited.toFixed(1)} ms)`) // prettier-ignore
}

export async function benchInbox(count: number, say: (text: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-bench-inbox-'))
  const store = await openStore({ folder })
  try {
    let started = performance.now()
    await fill(store, 0, count)
    say(`\n${count} messages stored in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    started = performance.now()
    await indexed(store, count - 1)
    say(`index ready ${((performance.now() - started) / 1000).toFixed(1)} s later`)
    const feed = { on: true, arrived: 0, slowest: 0 }
    const stream = (async () => {
      while (feed.on) {
        const at = performance.now()
        await put(store, count + feed.arrived++)
        feed.slowest = Math.max(feed.slowest, performance.now() - at)
      }
    })()
    for (const [name, query] of queries) {
      const times: number[] = []
      let total = 0
      for (let round = 0; round < 15; round++) {
        const at = performance.now()
        total = (await store.listMessages(query)).total
        times.push(performance.now() - at)
      }
      const sorted = times.toSorted((a, b) => a - b)
      say(`  ${name.padEnd(26)} ${sorted[7]!.toFixed(1).padStart(7)} ms, slowest ${sorted.at(-1)!.toFixed(1).padStart(7)} ms, of ${total}`) // prettier-ignore
    }
    await benchKeep(store, count, feed, say)
    feed.on = false
    await stream
    say(`  ${feed.arrived} messages arrived meanwhile, one after the other, each synced`)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
