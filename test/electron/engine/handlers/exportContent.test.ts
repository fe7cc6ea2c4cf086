import { expect, test } from 'vitest'
import { ExportContent } from '#engine/handlers/exportContent.ts'
import { StoreError } from '#engine/store/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

const chunk = (seq: number, body: number, size: number, offset = 0): TranscriptEvent => ({
  session: 's', seq, at: seq, kind: 'chunk', phase: 'body', direction: 'to-server', body, offset, size, last: true, encoding: 'data',
}) // prettier-ignore
const line = (seq: number, cutFrom: number): TranscriptEvent => ({
  session: 's', seq, at: seq, kind: 'line', phase: 'other', direction: 'to-server', raw: 'NOOP', cutFrom,
}) // prettier-ignore
const corrupt = () => Promise.reject(new StoreError('corrupt', 'Content 2 lacks a chunk.'))
/** Body 1 is whole, 2 is damaged, 3 is gone, 4 has two octets left. */
const store = {
  readContent: (_session: string, body: number, _from: number, size: number) => {
    if (body === 1) return Promise.resolve({ bytes: new Uint8Array(size).fill(65), total: size })
    if (body === 4) return Promise.resolve({ bytes: new Uint8Array(2).fill(66), total: 2 })
    return body === 3 ? Promise.resolve(null) : corrupt()
  },
}
const rawOf = (event: TranscriptEvent): unknown => ('raw' in event ? event.raw : undefined)

test('what is lost is left out and told by its body, and the rest is there', async () => {
  const content = new ExportContent(store, false)
  const added = []
  for (const event of [chunk(1, 1, 3), chunk(2, 2, 4), chunk(3, 2, 6, 4), chunk(4, 3, 1), chunk(5, 4, 5)])
    added.push(rawOf(await content.add(event)))
  expect(added).toEqual(['AAA', undefined, undefined, undefined, 'BB'])
  expect(content.notes()).toEqual([
    'Missing of content 2: 10 octets, unreadable in the data folder.',
    'Missing of content 3: 1 octet, not kept, or removed since.',
    'Missing of content 4: 3 octets, not kept, or removed since.',
  ])
})

test('nothing is told where nothing is missing; of many the first are told', async () => {
  const whole = new ExportContent(store, false)
  await whole.add(chunk(1, 1, 3))
  await whole.add(chunk(2, 7, 0))
  expect(whole.notes()).toEqual([])
  const many = new ExportContent({ readContent: corrupt }, false)
  for (let body = 1; body <= 14; body++) await many.add(chunk(body, body, 1))
  expect(many.notes()).toHaveLength(11)
  expect(many.notes().at(-1)).toBe('4 more contents are missing in the same way.')
})

test('a long line that is lost stays cut, and that is told', async () => {
  const content = new ExportContent({ readContent: corrupt }, true)
  expect(rawOf(await content.add(line(1, 20_000)))).toBe('NOOP')
  expect(content.notes()).toEqual([expect.stringMatching(/^Of a long line only the beginning is here/)])
  const other = new ExportContent({ readContent: corrupt }, false)
  await other.add(line(1, 20_000))
  expect(other.notes()).toEqual([])
})

test('what is not there takes no room, what is there does', async () => {
  const gone = new ExportContent({ readContent: () => Promise.resolve(null) }, false)
  await gone.add(chunk(1, 1, 40 << 20))
  expect(gone.notes()).toHaveLength(1)
  await expect(new ExportContent(store, false).add(chunk(1, 1, 40 << 20))).rejects.toThrow('without bodies')
})

const withGap = (_session: string, _body: number, from: number, size: number) =>
  from === 4 ? corrupt() : Promise.resolve({ bytes: new Uint8Array(size).fill(65), total: 12 })

test('what stands behind a gap is not taken: nobody could tell where it belongs', async () => {
  const content = new ExportContent({ readContent: withGap }, false)
  const added = []
  for (const event of [chunk(1, 2, 4), chunk(2, 2, 4, 4), chunk(3, 2, 4, 8), chunk(4, 3, 1)])
    added.push(rawOf(await content.add(event)))
  expect(added).toEqual(['AAAA', undefined, undefined, 'A'])
  expect(content.notes()).toEqual(['Missing of content 2: 8 octets, unreadable in the data folder.'])
})

test('no more is read than tells that it is too much', async () => {
  let most = 0
  const readContent = (_session: string, _body: number, _from: number, size: number) => {
    most = Math.max(most, size)
    return Promise.resolve(null)
  }
  await new ExportContent({ readContent }, false).add(chunk(1, 1, 900 << 20))
  expect(most).toBe((32 << 20) + 1)
})
