import { expect, test } from 'vitest'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { changeContents, contentsOf, holdsEncoded, piecesOf } from '#shared/transcript/redact/content.ts'

const chunk = (seq: number, offset: number, raw?: string): TranscriptEvent => ({
  session: 's', seq, at: 0, phase: 'body', direction: 'to-server', kind: 'chunk', body: 1, offset, size: raw?.length ?? 9,
  last: false, encoding: 'data', ...(raw === undefined ? {} : { raw }),
}) // prettier-ignore

const changed = (events: TranscriptEvent[], change: (text: string) => string): TranscriptEvent[] => {
  const work = changeContents(events, change)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

test('a name across two chunks is changed, and the chunks fit together', () => {
  const events = [chunk(1, 0, 'To: al'), chunk(2, 6, 'ice'), chunk(3, 9, '!')]
  expect(changed(events, (text) => text.replace('alice', 'person1'))).toEqual([
    chunk(1, 0, 'To: pe'),
    chunk(2, 6, 'rso'),
    chunk(3, 9, 'n1!'),
  ])
  const shorter = changed(events, (text) => text.replace('To: alice', 'x'))
  expect(shorter).toEqual([chunk(1, 0, 'x!'), chunk(2, 2, ''), chunk(3, 2, '')])
})

test('content that is not here is left alone', () => {
  expect(changed([chunk(1, 0)], () => 'x')).toEqual([chunk(1, 0)])
  expect(contentsOf([chunk(1, 0)])).toEqual([])
})

test('encoded parts are noticed', () => {
  expect(holdsEncoded({ body: 1, raw: 'a\r\nContent-Transfer-Encoding: BASE64\r\n' })).toBe(true)
  expect(holdsEncoded({ body: 1, raw: 'Content-Transfer-Encoding: 8bit\r\n' })).toBe(false)
})

test('long content comes in pieces that are it when joined, cut where no name goes on', () => {
  const header = `From: a@b.de\r\n${'X-Long: y\r\n'.repeat(12_000)}`
  for (const body of ['Ann Lee\r\n'.repeat(40_000), 'Ann '.repeat(90_000), 'x'.repeat(300_000)]) {
    const raw = `${header}\r\n${body}`
    const pieces = [...piecesOf(raw)]
    expect(pieces.join('')).toBe(raw)
    expect(pieces.length).toBeGreaterThan(3)
    expect(pieces[0]!.length).toBeGreaterThan(header.length - 5000)
    if (body.includes(' ')) for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/\s$/)
  }
  expect([...piecesOf('')]).toEqual([])
})
