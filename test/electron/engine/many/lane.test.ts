import { afterEach, expect, test } from 'vitest'
import type { Order } from '#engine/dialogue/driverParts.ts'
import type { Job } from '#engine/many/desk.ts'
import { Lane, type LaneDeps, type LaneReport } from '#engine/many/lane.ts'
import { messageSource } from '#engine/message/source.ts'
import { Target } from '#shared/rpc/contract/dialogue.ts'
import { utf8 } from '#shared/bytes/bytes.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { type CountingRules, type CountingServer, countingServer } from '#test/support/many/countingServer.ts'

const servers: CountingServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

function order(): Order {
  const content = messageSource(utf8('Subject: x\r\n\r\nhello\r\n'))
  const to = [{ address: 'b@example.com', parameters: [] }]
  return {
    content,
    transaction: {
      from: 'a@example.com',
      fromParameters: [],
      to,
      size: content.size,
      eightBit: false,
      utf8: false,
    },
  }
}

/** Runs one connection until it is over; `jobs`: how many messages it is given after the first. */
async function ride(rules: CountingRules, jobs: number, more: Partial<LaneDeps> = {}, tries = 0) {
  const server = await countingServer(rules)
  servers.push(server)
  const said: string[] = []
  const report: LaneReport = {
    ready: () => void said.push('ready'),
    accepted: () => void said.push('accepted'),
    rejected: (_, { code }) => void said.push(`rejected ${code}`),
    failed: (_, { code }) => void said.push(`failed ${code}`),
    back: (job: Job, pause) => void said.push(`back ${job.n}${pause ? ' later' : ''}`),
    dropped: () => void said.push('dropped'),
  }
  let n = 1
  const lane = new Lane(
    { n, tries },
    {
      clock,
      target: Target.parse({ host: '127.0.0.1', port: server.port, tls: 'none' }),
      secrets: [],
      options: (_, { transaction }) => ({
        ehloName: 'me',
        tls: 'none',
        auth: null,
        transaction,
        pipelining: true,
        chunking: false,
        stopAfter: 'end',
      }),
      make: order,
      most: 0,
      take: (give) => give(n > jobs ? null : { n: ++n, tries: 0 }),
      leave: () => {},
      report,
      onDefect: (error) => void said.push(String(error)),
      ...more,
    },
  )
  await lane.run()
  return { lane, said, server }
}

test('message after message on one connection, and QUIT', async () => {
  const { said, server, lane } = await ride({}, 2)
  expect(said).toEqual(['ready', 'accepted', 'accepted', 'accepted'])
  expect([server.connections(), server.kept.length, lane.made]).toEqual([1, 3, true])
  expect(lane.end()).toMatchObject([{ kind: 'end', outcome: 'completed' }])
})

test('not more than it may carry', async () => {
  expect((await ride({}, 9, { most: 2 })).said).toEqual(['ready', 'accepted', 'accepted'])
})

test('a refusal ends the message, not the connection', async () => {
  const { said, server } = await ride({ end: (count) => (count === 1 ? '554 5.6.0 no' : undefined) }, 1)
  expect(said).toEqual(['ready', 'rejected content-rejected', 'accepted'])
  expect(server.connections()).toBe(1)
})

test('421 gives the message back: with a pause to the first, without one to a later', async () => {
  expect((await ride({ perConnection: 0 }, 0)).said).toEqual(['ready', 'back 1 later'])
  expect((await ride({ perConnection: 2 }, 5)).said).toEqual(['ready', 'accepted', 'accepted', 'back 3'])
  expect((await ride({ banner: () => '421 4.3.2 busy' }, 0)).said).toEqual(['back 1 later'])
})

test('but not without end', async () => {
  expect((await ride({ perConnection: 0 }, 0, {}, 2)).said).toEqual(['ready', 'rejected closed-421'])
})

test('a rate limit is left by closing and coming back', async () => {
  const { said } = await ride({ mail: () => '450 4.7.1 too many messages' }, 3)
  expect(said).toEqual(['ready', 'back 1 later'])
})

test('a break in the middle is a failure, and not begun anew: nobody knows what the server has', async () => {
  const { said } = await ride({ cut: () => true }, 3)
  expect(said).toEqual(['ready', expect.stringMatching(/^failed /)])
})

test('a message that cannot be made is a failure, and a defect for the log', async () => {
  const { said } = await ride({}, 0, { make: () => Promise.reject(new Error('no such file')) })
  expect(said).toEqual(['Error: no such file', expect.stringMatching(/^failed /)])
})
