import { expect, test } from 'vitest'
import type { ManyProgress, ManyResult } from '#shared/rpc/contract/many.ts'
import { ManyReport } from '#shared/rpc/contract/manyReport.ts'
import {
  progressLine,
  resultLines,
  sendMany,
} from '../../../../../electron/hosts/terminal/commands/sendMany.ts'
import { request } from '#test/support/dialogue/start.ts'
import { fakeClient, keptIo } from '#test/support/terminal/fakes.ts'

const progress: ManyProgress = {
  phase: 'running', messages: 5000, accepted: 1200, partly: 0, rejected: 3, failed: 1, unsent: 3796, octets: 10,
  connections: { open: 20, opened: 21, failed: 1 }, rate: 480.4, average: 400, elapsed: 3_000_000,
  connect: { count: 20, p50: 900, p90: 2000, p99: 12_000, p999: 12_000, max: 12_000 }, latency: null,
  failures: [{ code: 'greylisted', message: '451 \u001b[31mlater', count: 3, session: 's' }], backedOff: { times: 0 }, kept: ['s'], done: false,
} // prettier-ignore
const result: ManyResult = {
  ...progress,
  phase: 'done',
  done: true,
  outcome: 'partly-accepted',
  message: 'Some of them.',
  next: 'Look.',
}

function run(
  over: Partial<ManyResult> = {},
  told: ManyProgress[] = [progress, { ...progress, done: true }],
  json = false,
) {
  const io = keptIo()
  const status: string[] = []
  io.status = (text) => void status.push(text)
  const client = fakeClient(
    { 'many.start': () => ({ ok: true, id: 'r1' }), 'many.result': () => ({ ...result, ...over }), 'many.cancel': () => ({ ok: true }) },
    { 'many.progress': (feed) => { for (const one of told) feed.event(one); feed.end() } },
  ) // prettier-ignore
  return { io, client, status, exit: sendMany({ count: 5000, json }, request(25), client, io) }
}

test('tells how it gets on, and takes that away at the end', async () => {
  const { status, exit, io } = run()
  expect(await exit).toBe(1)
  expect(status).toEqual(['1,200 of 5,000, 3 refused, 1 failed; 480 a second over 20 connections', ''])
  expect(io.said).toEqual(['Some of them.', 'Look.'])
  expect(io.written).toContain('accepted     1,200\n')
})

test('a pause that the server asked for is said once', async () => {
  const paused: ManyProgress = {
    ...progress,
    phase: 'backing-off',
    backedOff: { times: 1, message: '421 slow down' },
  }
  const { io, exit } = run({}, [progress, paused, paused])
  await exit
  expect(io.said.filter((line) => line.includes('421 slow down'))).toHaveLength(1)
  expect(progressLine(paused)).toContain('paused, as the server asked')
})

test('as a document', async () => {
  const { io, exit } = run({ outcome: 'accepted' }, [], true)
  expect(await exit).toBe(0)
  expect(ManyReport.parse(JSON.parse(io.written))).toMatchObject({
    schema: 'relayscope.many/1',
    host: '127.0.0.1',
    port: 25,
    accepted: 1200,
  })
})

test('cancelled: politely, and with the status of a cancel unless everything was sent', async () => {
  const { io, client, exit } = run({ outcome: 'stopped' })
  io.interrupt()
  expect(await exit).toBe(3)
  expect(client.calls.map(([name]) => name)).toContain('many.cancel')
  const late = run({ outcome: 'accepted', unsent: 0 })
  late.io.interrupt()
  expect(await late.exit).toBe(0)
})

test('what is wrong is said by option', async () => {
  const io = keptIo()
  const problems = [
    { field: 'confirmedHost', value: '', message: 'Type it once more.' },
    { field: 'request.message.to[0]', value: 'x', message: 'no @' },
  ]
  const client = fakeClient({ 'many.start': () => ({ ok: false, problems }) })
  expect(await sendMany({ json: false }, request(25), client, io)).toBe(2)
  expect(io.said).toEqual(['--confirm-host: Type it once more.', '--to "x": no @'])
})

test('figures one a line; what a server said cannot move the cursor', () => {
  const lines = resultLines({ ...result, backedOff: { times: 2 } })
  expect(lines).toContain('connect      p50 0.90 ms, p90 2.00 ms, p99 12 ms, p99.9 12 ms, longest 12 ms')
  expect(lines).toContain('pauses       2, as the server asked')
  expect(lines.join('')).not.toContain('\u001b')
})
