/** The promise of a 250: kill -9 at any moment, and every message that was answered 250 is there, octet for octet. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '#engine/store/client.ts'
import { toByteString } from '#shared/bytes/bytes.ts'
import { emptyFolder } from '#test/support/server/place.ts'
import { messageBytes } from '#test/support/server/run.ts'

const script = join(import.meta.dirname, '../support/server/killable.ts')
const connections = 8
const rounds = 3

async function startProcess(folder: string) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const line = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
  })
  return { child, gone, port: Number(/port (\d+)/.exec(line)?.[1]) }
}

/** A body that says which message it is; sizes differ, up to some that cross the store's pieces. */
function body(name: string, n: number): string {
  const size = n % 17 === 0 ? 300_000 : (n % 7) * 700
  return `Subject: ${name}\r\n\r\n${`${name} .line\r\n`.repeat(Math.ceil(size / 20))}end ${name}\r\n`
}

/** Delivers one message after another until the connection breaks; `answered` learns each 250. */
async function deliver(port: number, name: string, answered: Map<string, string>): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.once('close', resolve))
  let n = 0
  let current = ''
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n')) {
      const line = text.slice(0, at)
      text = text.slice(at + 2)
      const kept = /^250 2\.0\.0 Kept as (\S+)$/.exec(line)
      if (kept) answered.set(kept[1]!, current)
      if (kept || line.startsWith('220 ')) {
        current = body(`${name}-${n}`, n)
        n++
        const first = n === 1 ? 'EHLO x\r\n' : ''
        socket.write(`${first}MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n`)
      }
      if (line.startsWith('354 ')) socket.write(`${current}.\r\n`)
    }
  })
  await closed
}

test(`${rounds} rounds of kill -9 during ${connections} concurrent deliveries lose nothing that was answered 250`, async () => {
  const folder = await emptyFolder()
  const answered = new Map<string, string>()
  for (let round = 0; round < rounds; round++) {
    const { child, gone, port } = await startProcess(folder)
    const before = answered.size
    const clients = Array.from({ length: connections }, (_, i) => deliver(port, `r${round}c${i}`, answered))
    const enough = before + 50 + Math.floor(Math.random() * 200)
    while (answered.size < enough) await new Promise((resolve) => setImmediate(resolve))
    child.kill('SIGKILL')
    await Promise.all([gone, ...clients])
  }
  const store = await openStore({ folder })
  try {
    expect(answered.size).toBeGreaterThan(150)
    for (const [id, sent] of answered) expect(toByteString(await messageBytes(store, id))).toBe(sent)
    expect(store.notices).toEqual([])
  } finally {
    await store.close()
  }
})
