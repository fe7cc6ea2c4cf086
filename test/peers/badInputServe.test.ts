/** The local server where it cannot serve as asked, on the real command line: taken ports, no right, a full disk. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { startCli, startServe } from '../support/cli.ts'
import { talk } from '../support/server/talk.ts'
import { readKept } from '../support/terminal/kept.ts'
import { apart, smallDisk, whyNot } from '../support/terminal/namespace.ts'
import { refused, runInWords, sendArgs } from '../support/terminal/words.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-bad-serve-'))
// Also read by the unprivileged user of a test.
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const taken: Server[] = []
afterEach(async () => {
  await Promise.all(taken.splice(0).map((server) => new Promise((done) => server.close(done))))
})
/** A port that another program has. */
async function takenPort(): Promise<number> {
  const server = createServer(() => {})
  taken.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return typeof address === 'object' ? address!.port : 0
}

const serveOn = (data: string, ...listeners: string[]): string[] => [
  'serve', '--data', join(folder, data), ...listeners.flatMap((listener) => ['--listen', listener]),
] // prettier-ignore

describe('serve', () => {
  test('on a taken port', async () => {
    const port = await takenPort()
    const done = await runInWords(serveOn('taken', `127.0.0.1:${port}`))
    expect(done.status).toBe(1)
    expect(done.err).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}.*taken by .+choose another`, 'i'))
  })

  test('on a taken port beside a free one: the free one serves', async () => {
    const port = await takenPort()
    const { cli } = await startServe(
      join(folder, 'half'),
      ['127.0.0.1:0:plain'],
      ['--listen', `127.0.0.1:${port}`],
    )
    await cli.until(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken by `))
    expect((await cli.stop()).status).toBe(0)
  })

  test('on a port below 1024 without the right to: another one is listened on instead', async ({ skip }) => {
    const why = whyNot('unshare', 'setpriv', 'ip')
    skip(why !== '', why)
    const data = join(folder, 'low')
    mkdirSync(data)
    chownSync(data, 65_534, 65_534)
    const cli = startCli(serveOn('low', '127.0.0.1:25'), { before: apart(folder, 'no-server', true) })
    await cli.until(/Listening on 127\.0\.0\.1:(?!25,)\d+,/)
    expect((await cli.stop()).status).toBe(0)
  })

  test('for other machines needs consent', async () => {
    const done = await runInWords(serveOn('outside', '0.0.0.0:0'))
    expect(done.status).toBe(1)
    expect(done.err).toMatch(/Other machines can reach 0\.0\.0\.0.*--allow-outside/)
  })

  test('on data that another one uses: told, and the first one goes on', async () => {
    const data = join(folder, 'used')
    const first = await startServe(data, ['127.0.0.1:0:plain'])
    await refused(
      serveOn('used', '127.0.0.1:0'),
      /Another running Relayscope uses this data folder/,
      'relayscope.db',
    )
    const port = first.ports[0]!
    expect((await runInWords([...sendArgs('127.0.0.1', port), '--tls', 'none'])).status).toBe(0)
    await first.cli.stop()
    await readKept(data, async ({ messages }) => expect(messages).toHaveLength(1))
  })
})

/** Content of about this size, recognised by its mark. */
const content = (mark: string, size: number): string =>
  `Subject: ${mark}\r\n\r\n${`${mark.repeat(70)}\r\n`.repeat(Math.ceil(size / 72))}`

describe('a full disk', () => {
  const why = whyNot('mount', 'umount')

  test('452 while it is full, the server lives on, nothing that was kept is lost', async ({ skip }) => {
    skip(why !== '', why)
    const disk = smallDisk(folder, 24)
    try {
      const data = join(disk.path, 'data')
      const { cli, ports } = await startServe(data, ['127.0.0.1:0:plain'])
      const deliver = async (text: string): Promise<string> => {
        const client = await talk(ports[0]!)
        await client.until(/^220 /)
        await client.say('EHLO x')
        await client.say('MAIL FROM:<a@x.test>')
        await client.say('RCPT TO:<b@x.test>')
        await client.say('DATA')
        client.write(text)
        const reply = await client.say('.')
        client.socket.destroy()
        return reply
      }
      const before = content('a', 100_000)
      expect(await deliver(before)).toMatch(/^250 /)
      const filler = join(disk.path, 'filler')
      const { bavail, bsize } = statfsSync(disk.path)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 300_000)))
      expect(await deliver(content('b', 2_000_000))).toMatch(/^452 4\.3\.1 .*no space left/)
      expect(await deliver(content('c', 2_000_000))).toMatch(/^452 /)
      rmSync(filler)
      const after = content('d', 2_000_000)
      expect(await deliver(after)).toMatch(/^250 /)
      const ended = await cli.stop()
      expect(ended.status).toBe(0)
      expect(ended.err).not.toMatch(/^\s+at /m)
      await readKept(data, async ({ messages, source }) => {
        const kept = new Map(messages.map((message) => [message.subject, message.id]))
        expect([...kept.keys()].toSorted()).toEqual(['a', 'd'])
        expect((await source(kept.get('a')!)).toString()).toBe(before)
        expect((await source(kept.get('d')!)).toString()).toBe(after)
      })
    } finally {
      disk.away()
    }
  })

  test('that is full from the start is told in words', async ({ skip }) => {
    skip(why !== '', why)
    const disk = smallDisk(mkdtempSync(join(folder, 'full-')), 1)
    try {
      const { bavail, bsize } = statfsSync(disk.path)
      writeFileSync(join(disk.path, 'filler'), Buffer.alloc(bavail * bsize))
      await refused(
        ['serve', '--data', join(disk.path, 'data'), '--listen', '127.0.0.1:0'],
        /(?:full|no space)/i,
      )
    } finally {
      disk.away()
    }
  })
})
