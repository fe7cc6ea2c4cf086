import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { SessionHead } from '#shared/transcript/event.ts'
import { readFile } from '#shared/transcript/reader.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import { sample } from '#test/shared/transcript/export/sample.ts'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { show, type ShowOptions } from '../../../../../electron/hosts/terminal/commands/show.ts'
import { asksForFormat, showAs } from '../../../../../electron/hosts/terminal/commands/showAs.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-show-as-'))
afterAll(() => rmSync(folder, { recursive: true }))
const session = { head: SessionHead.parse(sample.head), events: [...sample.events] }

async function run(options: Partial<ShowOptions>, io = keptIo(), sessions = [session]) {
  const pieces = async function* (): AsyncGenerator<string> {
    yield* fileOf(sessions)
  }
  const status = await show('case', { json: false, ...options }, io, pieces)
  return { status, io }
}

test('plain show hides nothing, a format hides by default and says so', async () => {
  expect((await run({})).io.written).toContain('mx.corp.com')
  const { io } = await run({ format: 'markdown' })
  expect(io.written).toContain('# SMTP dialogue to `host1.domain1.example:587`')
  expect(io.written).not.toMatch(/corp|kunde|alice/i)
  expect(io.said).toEqual([
    'Hidden: 3 addresses, 12 names, 1 message. --keep LIST or --no-redact keeps them.',
  ])
  expect((await run({ redact: true })).io.written).not.toMatch(/corp|kunde|alice/i)
})

test('what is kept by word stays', async () => {
  const { io } = await run({ format: 'text', keep: ['names'] })
  expect(io.written).toContain('220 mx.corp.com')
  expect(io.written).not.toContain('alice')
  const all = await run({ format: 'case', redact: false })
  expect(readFile(all.io.written).flatMap((item) => (item.type === 'event' ? [item.event] : []))).toEqual(sample.events) // prettier-ignore
  expect(all.io.said).toEqual([])
  await expect(run({ redact: false, keep: ['names'] })).rejects.toThrow('--keep')
})

test('a file for other programs does not go to a terminal', async () => {
  await expect(run({ format: 'pcapng' }, { ...keptIo(), terminal: true })).rejects.toThrow('--out')
  expect((await run({ format: 'pcapng' })).io.written.slice(0, 4)).toBe('\n\r\r\n')
})

test('--out writes a file for the owner only', async () => {
  const out = join(folder, 'x.json')
  const { io } = await run({ format: 'json', out }, { ...keptIo(), terminal: true })
  expect(io.written).toBe('')
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ schema: 'relayscope-dialogue' })
  expect(statSync(out).mode & 0o077).toBe(0)
  await expect(run({ out: join(folder, 'none/x') })).rejects.toThrow('--out')
})

test('of several dialogues one is picked where a file is for one', async () => {
  const other = { head: { ...session.head, id: 's2' }, events: session.events.map((event) => ({ ...event, session: 's2' })) } // prettier-ignore
  const two = [session, other]
  await expect(run({ format: 'json' }, keptIo(), two)).rejects.toThrow('--pick 1')
  await expect(run({ format: 'json', pick: 3 }, keptIo(), two)).rejects.toThrow('holds 2')
  expect((await run({ format: 'json', pick: 2 }, keptIo(), two)).status).toBe(0)
  expect((await run({ format: 'markdown' }, keptIo(), two)).io.written.match(/^# SMTP/gm)).toHaveLength(2)
})

test('--json and --format are two ways', () =>
  expect(run({ json: true, format: 'json' })).rejects.toThrow('--format json'))

test('a format that is not there is told, and none is asked for without a word', async () => {
  expect(asksForFormat({})).toBe(false)
  await expect(showAs([session], { format: 'gif' as 'svg' }, keptIo())).rejects.toThrow('--format gif')
})

test('several dialogues of a file are hidden together: one stand-in stands for one host in all of them', async () => {
  const other = { head: { ...session.head, id: 'other', host: 'mx.zebra.com' }, events: [] }
  const { io } = await run({ format: 'markdown' }, keptIo(), [session, other, { ...session, head: { ...session.head, id: 'third' }, events: [] }]) // prettier-ignore
  const hosts = Array.from(io.written.matchAll(/# SMTP dialogue to `([^`]+)`/g), ([, host]) => host)
  expect(hosts).toHaveLength(3)
  expect(hosts[2]).toBe(hosts[0])
  expect(hosts[1]).not.toBe(hosts[0])
})
