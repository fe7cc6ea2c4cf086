import { describe, expect, test } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import { enhancedPacket } from '#shared/transcript/export/pcapng/blocks.ts'
import { atOnce } from '#shared/steps.ts'
import { commentsBySeq } from '#shared/transcript/export/pcapng/comments.ts'
import { Conversation } from '#shared/transcript/export/pcapng/conversation.ts'
import type { Recorded } from '#shared/transcript/export/types.ts'
import { answered, deliveryOf, eventsOf, headOf, readPackets, said } from '#test/support/pcapng.ts'

const read = ({ head, events }: Recorded) =>
  readPackets(
    Buffer.concat(
      [...new Conversation(head, events, atOnce(commentsBySeq(events))).packets()].map(enhancedPacket),
    ),
  )
const syns = (recorded: Recorded) => read(recorded).filter(({ flags }) => flags === 2)
const end = (outcome: 'reset' | 'timeout' | 'closed', by: 'server' | 'network'): EventBody => ({
  kind: 'end', phase: 'other', direction: 'none', outcome, by, message: 'Over.',
}) // prettier-ignore
const ended = (...args: Parameters<typeof end>) =>
  read({ head: headOf(), events: eventsOf([answered('220 a\r\n'), end(...args)]) }).slice(4)

const attempt = (outcome: 'refused' | 'timeout'): EventBody => ({ kind: 'connect', phase: 'tcp', direction: 'none', address: '192.0.2.9', port: 25, family: 4, took: 1, outcome }) // prettier-ignore

describe('Conversation', () => {
  test('one connection in clear or inside TLS from the start, two with STARTTLS', () => {
    expect(syns(deliveryOf({ port: 587, tls: 'none' }))).toHaveLength(1)
    expect(syns(deliveryOf({ port: 465, tls: 'implicit' }))).toHaveLength(1)
    const two = syns(deliveryOf({ port: 587, tls: 'starttls' }))
    expect(two.map(({ from, to }) => [from, to])).toEqual([[51_234, 587], [51_234, 587]]) // prettier-ignore
    expect(two[0]!.seq).not.toBe(two[1]!.seq)
    expect(two[1]!.comments[0]).toMatch(/inside TLS.*TLSv1\.3.*never took place/)
  })

  test('what follows 220 to STARTTLS is a connection of its own, sealed or not', () => {
    const events = eventsOf([
      said('STARTTLS\r\n'),
      answered('220 go\r\n', false, 'starttls'),
      said('EHLO a\r\n'),
    ])
    expect(syns({ head: headOf(), events })).toHaveLength(2)
  })

  test('each attempt is a SYN; a refused one gets its RST', () => {
    const packets = read({ head: headOf(), events: eventsOf([attempt('timeout'), attempt('refused'), end('closed', 'network')]) }) // prettier-ignore
    expect(packets.map(({ flags }) => flags)).toEqual([2, 2, 20])
    expect(packets[0]!.comments.at(-1)).toBe('No connection: timeout.')
    expect(packets[0]!.from).not.toBe(packets[1]!.from)
  })

  test('the end is FIN or RST, from who ended it', () => {
    expect(ended('closed', 'server').map(({ from, flags }) => [from, flags])).toEqual([[587, 17], [49_152, 17], [587, 16]]) // prettier-ignore
    expect(ended('reset', 'network').map(({ from, flags }) => [from, flags])).toEqual([[587, 20]])
    expect(ended('timeout', 'server')[0]!.from).toBe(49_152)
    expect(ended('closed', 'server')[0]!.comments).toEqual(['Over.'])
  })

  test('a live session has no end', () => {
    const { head, events } = deliveryOf({ port: 25, tls: 'none' })
    const packets = read({ head, events: events.slice(0, 6) })
    expect(packets.at(-1)!.flags).toBe(24)
  })
})
