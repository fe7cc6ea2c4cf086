/**
 * A 250 is a promise: `serve` is killed by SIGKILL in the middle of concurrent deliveries, again and again over the same
 * data folder; every message that was answered 250 is there afterwards, octet by octet.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startServe } from '../support/cli.ts'
import { talk } from '../support/server/talk.ts'
import { readKept } from '../support/terminal/kept.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-kill-'))
afterAll(() => rmSync(folder, { recursive: true }))

const rounds = 5
const connections = 8
/** Answered in each round before the kill; the rest of the load is then under way. */
const answersBeforeKill = 40
/** Around the sizes at which a content becomes a row, a chunk and several chunks of the store. */
const sizes = [200, 5000, 70_000, 300_000, 700_000]

const digest = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')

/** Content of about this size in lines of 64 characters, unlike any other. */
function contentOf(size: number): string {
  const lines =
    randomBytes(Math.ceil(size / 2))
      .toString('hex')
      .match(/.{1,64}/g) ?? []
  return `Subject: ${lines[0]!}\r\n\r\n${lines.join('\r\n')}\r\n`
}

/** One connection, message after message until the server is gone. `kept` gets the id and digest of each 250. */
async function load(port: number, first: number, kept: (id: string, hash: string) => void): Promise<void> {
  const client = await talk(port)
  try {
    await client.until(/^220 /)
    await client.say('EHLO load.test')
    for (let i = first; ; i++) {
      await client.say(`MAIL FROM:<${i}@x.test>`)
      await client.say('RCPT TO:<b@x.test>')
      await client.say('DATA')
      const content = contentOf(sizes[i % sizes.length]!)
      client.write(content)
      const reply = await client.say('.')
      kept(/^250 \S+ Kept as (\S+)/.exec(reply)![1]!, digest(content))
    }
  } catch {
    // The kill. A reply that did not arrive whole is no promise.
  }
}

test(`${rounds} times SIGKILL under load: nothing that was answered 250 is missing`, async () => {
  const data = join(folder, 'data')
  const promised = new Map<string, string>()
  for (let round = 0; round < rounds; round++) {
    const { cli, ports } = await startServe(data, ['127.0.0.1:0:plain'])
    const goal = promised.size + answersBeforeKill
    const { promise: reached, resolve: enough } = Promise.withResolvers<void>()
    const clients = Array.from({ length: connections }, (_, i) =>
      load(ports[0]!, i, (id, hash) => {
        expect(promised.has(id)).toBe(false)
        promised.set(id, hash)
        if (promised.size >= goal) enough()
      }),
    )
    await reached
    await cli.stop('SIGKILL')
    await Promise.all(clients)
  }
  expect(promised.size).toBeGreaterThanOrEqual(rounds * answersBeforeKill)
  await readKept(data, async ({ messages, source }) => {
    const found = new Set(messages.map((message) => message.id))
    expect([...promised.keys()].filter((id) => !found.has(id))).toEqual([])
    for (const [id, hash] of promised) expect(digest(await source(id)), id).toBe(hash)
  })
})
