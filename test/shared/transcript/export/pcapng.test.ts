import { describe, expect, test } from 'vitest'
import { pcapng } from '#shared/transcript/export/pcapng.ts'
import { deliveryOf, eventsOf, headOf, readBlocks, readPackets, said, whole } from '#test/support/pcapng.ts'

describe('pcapng', () => {
  test('is a section, one interface, the names, then packets', () => {
    const blocks = readBlocks(whole(pcapng.write(deliveryOf({ port: 587, tls: 'none' }), 'relayscope 9')))
    expect(blocks.slice(0, 4).map(({ type }) => type)).toEqual([0x0a0d0d0a, 1, 4, 6])
    expect(blocks[0]!.body.toString('latin1')).toContain('relayscope 9')
    expect(blocks[2]!.body.toString('latin1')).toContain('mx.example\0')
    expect(blocks.slice(3).every(({ type }) => type === 6)).toBe(true)
  })

  test('carries the octets of both sides in order', () => {
    const packets = readPackets(whole(pcapng.write(deliveryOf({ port: 25, tls: 'none' }), 'p')))
    const client = packets.filter(({ to }) => to === 25).map(({ payload }) => payload.toString('latin1'))
    expect(client.join('')).toBe(
      'EHLO me.example\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<b@y.example>\r\nDATA\r\nSubject: hi\r\n\r\nhi\r\n.\r\nQUIT\r\n',
    )
  })

  test('has real times, in microseconds', () => {
    const packets = readPackets(whole(pcapng.write(deliveryOf({ port: 25, tls: 'none' }), 'p')))
    const began = Date.parse('2026-01-02T03:04:05.678Z') * 1000
    // The SYN went out 4 ms before the connection stood, which was the second event.
    expect(packets[0]!.micros).toBe(began + 20_000 - 4000)
    expect(packets[1]!.micros).toBe(began + 20_000)
  })

  test('large content comes in pieces, not as one', () => {
    const recorded = deliveryOf({
      port: 25,
      tls: 'none',
      content: ['x'.repeat(200_000), 'y'.repeat(200_000)],
    })
    const pieces = [...pcapng.write(recorded, 'p')]
    expect(pieces.length).toBeGreaterThan(4)
    expect(readPackets(whole(pieces)).length).toBeGreaterThan(270)
  })

  test('a session that has only begun, and one whose start cannot be read, are files too', () => {
    expect(readPackets(whole(pcapng.write({ head: headOf(), events: [] }, 'p')))).toEqual([])
    const [packet] = readPackets(
      whole(pcapng.write({ head: headOf({ startedAt: '?' }), events: eventsOf([said('EHLO a\r\n')]) }, 'p')),
    )
    expect(packet!.micros).toBe(10_000)
  })
})
