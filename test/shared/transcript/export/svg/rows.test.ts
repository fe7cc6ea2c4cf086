import { describe, expect, test } from 'vitest'
import { rowsOf } from '#shared/transcript/export/svg/rows.ts'
import { deliveryOf, eventsOf, said } from '#test/support/pcapng.ts'

const kinds = (...args: Parameters<typeof rowsOf>) =>
  rowsOf(...args).rows.map(({ kind, wall }) => `${kind} ${wall}`)

describe('rowsOf', () => {
  test('look-up and connection stand together, bands where protection changes, a body once', () => {
    const { events } = deliveryOf({ port: 587, tls: 'starttls', content: ['a\r\n', 'b\r\n', 'c\r\n'] })
    const rows = kinds(events, 999)
    expect(rows.slice(0, 3)).toEqual(['link none', 'band open', 'reply open'])
    expect(rows.filter((row) => row.startsWith('band'))).toEqual(['band open', 'band sealed'])
    expect(rows.filter((row) => row.startsWith('body'))).toEqual(['body sealed'])
    expect(rows[rows.indexOf('tls seam') + 1]).toBe('band sealed')
    const body = rowsOf(events, 999).rows.find(({ kind }) => kind === 'body')
    expect(body).toMatchObject({ size: 9, whole: true })
  })

  test('a band counts what could be read', () => {
    const { rows } = rowsOf(eventsOf([said('EHLO a\r\n'), said('QUIT\r\n')]), 9)
    expect(rows[0]).toMatchObject({ kind: 'band', lines: 2, octets: 14, first: true })
  })

  test('what a person held is no gap', () => {
    const { events } = deliveryOf({ port: 25, tls: 'none' })
    const held = events.map((event) =>
      event.kind === 'reply' && event.seq === 3 ? { ...event, at: 5_000_000 } : event,
    )
    held.splice(2, 0, { kind: 'wait', phase: 'other', direction: 'none', session: 's', seq: 99, at: 4_900_000, why: 'gate', took: 4_880_000 }) // prettier-ignore
    expect(rowsOf(held, 99).rows.find(({ kind }) => kind === 'reply')).toMatchObject({ gap: 100_000 })
  })

  test('is bounded, and says what is left', () => {
    const { rows, tail, left } = rowsOf(eventsOf(Array.from({ length: 1000 }, () => said('NOOP\r\n'))), 10)
    expect([rows.length, tail.length, left]).toEqual([10, 0, 991])
  })
})
