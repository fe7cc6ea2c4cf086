/**
 * Hundreds of clients that wait without a word, and more that come: those that wait are answered, those that come are served,
 * and above the limit each is told so at once with 421. Ten thousand of them are measured by `npm run bench -- --idle`.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newestMessage, runServer } from '#test/support/server/run.ts'
import { talk } from '#test/support/server/talk.ts'

const waiting = 600
const flood = 300

/** Its first words. */
async function arrive(port: number): Promise<{ socket: Socket; greeting: string }> {
  const socket = connect({ port, host: '127.0.0.1' })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  const [first] = await once(socket, 'data')
  return { socket, greeting: String(first) }
}

const many = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make))

async function reply(socket: Socket, line: string): Promise<string> {
  socket.write(`${line}\r\n`)
  const [answer] = await once(socket, 'data')
  return String(answer)
}

test(`${waiting} idle clients are held and answered while ${flood} more come, deliver and go`, async () => {
  const { server, store, ports } = await runServer({ listeners: [{ port: 0, tls: 'plain' }] })
  const port = ports[0]!
  const held = await many(waiting, () => arrive(port))
  expect(new Set(held.map(({ greeting }) => greeting.slice(0, 4)))).toEqual(new Set(['220 ']))
  expect(server.status().listeners[0]).toMatchObject({ sessions: waiting, total: waiting })
  await many(flood, async () => {
    const { socket, greeting } = await arrive(port)
    expect(greeting).toMatch(/^220 /)
    socket.end('EHLO x\r\nMAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\nSubject: flood\r\n\r\nhello\r\n.\r\nQUIT\r\n')
    await once(socket, 'close')
  }) // prettier-ignore
  expect((await store.listMessages({ limit: 1 })).total).toBe(flood)
  const answers = await Promise.all(held.map(({ socket }) => reply(socket, 'NOOP')))
  expect(new Set(answers.map((answer) => answer.slice(0, 4)))).toEqual(new Set(['250 ']))
  for (const { socket } of held) socket.destroy()
  await vi.waitFor(() => expect(server.status().listeners[0]?.sessions).toBe(0), { timeout: 10_000 })
})

test('at the limit a client is told 421 with the limit; whoever is in stays, and a place that becomes free is given away', async () => {
  const limits = { connections: 200 }
  const running = await runServer({ listeners: [{ port: 0, tls: 'plain' }], limits })
  const port = running.ports[0]!
  const held = await many(200, () => arrive(port))
  const turnedAway = await many(100, () => arrive(port))
  expect(new Set(turnedAway.map(({ greeting }) => greeting))).toEqual(
    new Set([expect.stringMatching(/^421 4\.7\.0 .*limit of 200 connections is reached/)]),
  )
  expect(await reply(held[199]!.socket, 'EHLO x')).toMatch(/^250-/)
  held[0]!.socket.destroy()
  await vi.waitFor(() => expect(running.server.status().listeners[0]?.sessions).toBe(199))
  const next = await talk(port)
  await next.until(/^220 /)
  for (const line of ['EHLO x', 'MAIL FROM:<a@a.test>', 'RCPT TO:<b@b.test>', 'DATA']) await next.say(line)
  expect(await next.say('Subject: last\r\n\r\nhello\r\n.')).toMatch(/^250 /)
  expect((await newestMessage(running)).bytes.length).toBeGreaterThan(0)
})
