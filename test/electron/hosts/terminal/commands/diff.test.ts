import { expect, test } from 'vitest'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { bye, hello, mail, refused, script } from '../../../../shared/transcript/diff/scripts.ts'
import { diff } from '../../../../../electron/hosts/terminal/commands/diff.ts'

const head = (id: string): SessionHead => ({ id, source: 'send', role: 'client', startedAt: '2026-11-01T10:00:00.000Z', host: 'mx.test', port: 587, tls: 'none' }) // prettier-ignore
const records = (id: string, events: TranscriptEvent[]) => [
  { record: 'session', ...head(id) },
  ...events.map((event) => ({ record: 'event', ...event, session: id })),
]
const file = (...sessions: string[][]): string =>
  `{"format":"relayscope-transcript","version":1,"records":[\n${sessions.flatMap((lines, at) => records(`s${at}`, script(lines))).map((one) => JSON.stringify(one)).join(',\n')}\n]}\n` // prettier-ignore

async function run(left: string, right: string, options: Partial<Parameters<typeof diff>[1]> = {}) {
  const io = keptIo()
  const pieces = async function* (name: string): AsyncGenerator<string> {
    yield name === 'left' ? left : right
  }
  const status = await diff(['left', 'right'], { json: false, pick: [1, 1], ...options }, io, pieces)
  return { io, status }
}
const good = [...hello, ...mail, ...bye]
const bad = [...hello, ...refused, ...bye]

test('the same steps and outcome: status 0', async () => {
  const { io, status } = await run(file(good), file(good))
  expect(status).toBe(0)
  expect(io.written).toContain('left   left: 2026-11-01T10:00:00.000Z  send to mx.test:587')
  expect(io.written).toContain('No difference in 8 steps.')
})
test('something that matters differs: status 1, both sides told', async () => {
  const { io, status } = await run(file(good), file(bad))
  expect(status).toBe(1)
  expect(io.written).toContain('The left one is accepted; the right one is refused at RCPT with 550 5.7.1: relay denied.') // prettier-ignore
  expect(io.said).toEqual([])
})
test('what another program wrote is compared with a recording, with what is found in it', async () => {
  const pasted = ['220 mx', 'EHLO me', '250 mx', 'MAIL FROM:<a@b>', '250 ok', 'RCPT TO:<c@d>', '550 5.7.1 relay denied', 'QUIT', '221 bye'].join('\n')
  const { io, status } = await run(file(good), pasted)
  expect(status).toBe(1)
  expect(io.said).toEqual(['right: read as a typed dialogue, as of telnet.'])
  expect(io.written).toMatch(/The left one is accepted; the right one is refused at RCPT/)
  expect(io.written).toContain('found only right')
}) // prettier-ignore
test('as JSON', async () => {
  const { io } = await run(file(good), file(bad), { json: true })
  const told = JSON.parse(io.written) as { rows: unknown[] }
  expect(told).toMatchObject({
    left: { file: 'left', session: { id: 's0' } },
    verdict: { kind: 'differs', left: 7, right: 7 },
    counts: { left: 2 },
  })
  expect(told.rows[3]).toMatchObject({ name: 'RCPT', status: 'different', left: { code: 250, events: [[6, 7]] }, right: { code: 550, enhanced: '5.7.1' } }) // prettier-ignore
})
test('of several dialogues in a file one is picked, and that is said', async () => {
  const { io, status } = await run(file(bad, good), file(good))
  expect([status, io.said]).toEqual([1, ['left holds 2 dialogues; the first is compared. --pick chooses another.']]) // prettier-ignore
  expect((await run(file(bad, good), file(good), { pick: [2, 1] })).status).toBe(0)
  const none = await run(file(bad, good), file(good), { pick: [3, 1] })
  expect([none.status, none.io.said]).toEqual([2, ['left holds 2 dialogues: there is no number 3. --pick chooses from 1 to 2.']]) // prettier-ignore
})
test('a file that was cut is compared as far as it goes, and is never called the same', async () => {
  const whole = file(good)
  const { io, status } = await run(whole, whole.slice(0, -3))
  expect(status).toBe(1)
  expect(io.said.join('\n')).toMatch(/^right, line \d+: The file ends early/)
})
test('nothing to compare: status 2', async () => {
  const junk = await run('PNG junk', file(good))
  expect(junk.status).toBe(2)
  expect(junk.io.said.at(-1)).toMatch(/^left holds no dialogue\. Name a case file/)
  const io = keptIo()
  expect(await diff(['/nowhere/a', 'b'], { json: false, pick: [1, 1] }, io)).toBe(2)
  expect(io.said).toEqual(['/nowhere/a cannot be read: there is no such file or folder. Check the path.'])
  expect(await diff(['-', '-'], { json: false, pick: [1, 1] }, io)).toBe(2)
})
async function* onePiece(): AsyncGenerator<string> {
  yield file(good)
}
test('Ctrl+C ends it', async () => {
  const io = keptIo()
  io.interrupt()
  expect(await diff(['a', 'b'], { json: false, pick: [1, 1] }, io, onePiece)).toBe(3)
})
test('what a file says cannot steer the terminal', async () => {
  const end = script(['END completed'])[0]!
  const hostile = JSON.stringify({
    record: 'event',
    ...end,
    outcome: 'reset',
    session: 's0',
    seq: 2,
    message: 'x\u001b[2Jy\u202e',
  })
  const { io } = await run(file(good), file(good.slice(0, 1)).replace('\n]}', `,\n${hostile}\n]}`))
  expect(io.written).toContain('x\\u{1b}[2Jy\\u{202e}')
})
