import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { readPieces, show } from '../../../../../electron/hosts/terminal/commands/show.ts'

const session =
  '{"record":"session","id":"s1","source":"send","role":"client","startedAt":"2026-11-01T10:00:00.000Z","host":"mx.test","port":587,"tls":"none"}'
const event = (seq: number, text: string): string =>
  JSON.stringify({ record: 'event', session: 's1', seq, at: seq * 1000, phase: 'ehlo', direction: 'to-server', kind: 'line', raw: `${text}\r\n`, verb: text.split(' ')[0] }) // prettier-ignore
const file = (records: string[], version = 1): string =>
  `{"format":"relayscope-transcript","version":${version},"records":[\n${records.join(',\n')}\n]}\n`

async function run(text: string, json = false) {
  const io = keptIo()
  // In small pieces, as a pipe may bring it.
  const pieces = async function* (): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += 7) yield text.slice(at, at + 7)
  }
  const status = await show('case', { json }, io, pieces)
  return { io, status }
}

test('a dialogue as text', async () => {
  const { io, status } = await run(file([session, event(1, 'EHLO me'), event(2, 'QUIT')]))
  expect(status).toBe(0)
  expect(io.said).toEqual([])
  const lines = io.written.trimEnd().split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('send to mx.test:587')
  expect(lines[1]).toContain('→ EHLO me')
})

test('as JSON lines', async () => {
  const { io } = await run(file([session, event(1, 'EHLO me')]), true)
  const items = io.written
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(items).toMatchObject([
    { type: 'session', session: { id: 's1' } },
    { type: 'event', event: { seq: 1, raw: 'EHLO me\r\n' } },
  ])
})

test('a file that was cut shows what came before, names the line, and gives status 1', async () => {
  const whole = file([session, event(1, 'EHLO me'), event(2, 'QUIT')])
  const { io, status } = await run(whole.slice(0, whole.indexOf('QUIT')))
  expect(status).toBe(1)
  expect(io.written).toContain('EHLO me')
  expect(io.said.join('\n')).toMatch(/^case, line 4: .*/)
})

test.each([
  ['junk', 'PNG\u0000\u0001 not a case file', /case.*: .*not.*/i],
  ['an empty file', '', /case: The file is empty\./],
  ['a newer version', file([session], 99), /99/],
])('%s is told in words', async (name, text, words) => {
  const { io, status } = await run(text)
  expect(status).toBe(1)
  expect(io.said.join('\n')).toMatch(words)
  if (name !== 'a newer version') expect(io.said.at(-1)).toMatch(/^case holds no dialogue\. Name a case file/)
})

test('a file that cannot be read is a matter of usage', async () => {
  const io = keptIo()
  expect(await show('/nowhere/case', { json: false }, io)).toBe(2)
  expect(io.said).toEqual(['/nowhere/case cannot be read: there is no such file or folder. Check the path.'])
})

async function* twoPieces(): AsyncGenerator<string> {
  yield '{"format"'
  yield 'never read'
}

test('Ctrl+C ends it, and it waits for its reader', async () => {
  const io = keptIo()
  let waits = 0
  io.taken = () => {
    waits++
    io.interrupt()
    return Promise.resolve()
  }
  expect(await show('case', { json: false }, io, twoPieces)).toBe(3)
  expect(waits).toBe(1)
})

test('pieces of a file are its text', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-show-'))
  writeFileSync(join(folder, 'case'), 'Grüße')
  let text = ''
  for await (const piece of readPieces(join(folder, 'case'))) text += piece
  expect(text).toBe('Grüße')
  rmSync(folder, { recursive: true })
})
