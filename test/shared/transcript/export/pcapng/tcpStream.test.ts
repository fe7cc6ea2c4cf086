import { describe, expect, test } from 'vitest'
import { enhancedPacket, type Packet } from '#shared/transcript/export/pcapng/blocks.ts'
import { TcpStream } from '#shared/transcript/export/pcapng/tcpStream.ts'
import { readPackets } from '#test/support/pcapng.ts'

const client = { address: Uint8Array.of(192, 0, 2, 1), port: 50_000 }
const server = { address: Uint8Array.of(192, 0, 2, 2), port: 25 }
const start = () => new TcpStream({ client, server, notes: [] }, 1_000_000, 0)
const read = (packets: Iterable<Packet>) => readPackets(Buffer.concat([...packets].map(enhancedPacket)))

describe('TcpStream', () => {
  test('numbers go on from the handshake to the end', () => {
    const stream = start()
    const packets = read([
      ...stream.connect(500, 200, []),
      ...stream.send('server', 600, new Uint8Array(10)),
      ...stream.send('client', 700, new Uint8Array(5)),
      ...stream.finish('client', 800, ['over']),
    ])
    const [isn, theirs] = [packets[0]!.seq, packets[1]!.seq]
    expect(packets.map(({ from, flags, seq, ack, micros }) => [from, flags, seq - (from === 25 ? theirs : isn), flags === 2 ? 0 : ack - (from === 25 ? isn : theirs), micros - 1_000_000])).toEqual([
      [50_000, 2, 0, 0, 300],
      [25, 18, 0, 1, 500],
      [50_000, 16, 1, 1, 500],
      [25, 24, 1, 1, 600],
      [50_000, 24, 1, 11, 700],
      [50_000, 17, 6, 11, 800],
      [25, 17, 11, 7, 800],
      [50_000, 16, 7, 12, 800],
    ]) // prettier-ignore
    expect(packets[5]!.comments).toEqual(['over'])
    expect(stream.open).toBe(false)
  })

  test('segments have 1460 octets at most; the first bears the comments, the last pushes', () => {
    const packets = read(start().send('client', 0, new Uint8Array(3000), 0, ['c']))
    expect(packets.map(({ payload, flags, comments }) => [payload.length, flags, comments.length])).toEqual([[1460, 16, 1], [1460, 16, 0], [80, 24, 0]]) // prettier-ignore
  })

  test('octets that were not kept move the numbers, in cut packets', () => {
    const packets = read(start().send('client', 0, new Uint8Array(0), 2000))
    expect(packets.map(({ payload, length }) => [payload.length, length])).toEqual([[0, 1500], [0, 580]]) // prettier-ignore
    expect(packets[1]!.seq - packets[0]!.seq).toBe(1460)
    const cut = read(start().send('client', 0, new Uint8Array(4000), 100_000))
    expect(cut.map(({ payload, length }) => [payload.length, length])).toEqual([[4000, 65_040], [0, 39_040]]) // prettier-ignore
  })

  test('a reset ends it, and no time lies before the session', () => {
    const stream = start()
    const packets = read([...stream.attempt(-50, []), ...stream.reset('server', 10, [])])
    expect(packets.map(({ from, flags, micros }) => [from, flags, micros])).toEqual([[50_000, 2, 1_000_000], [25, 20, 1_000_010]]) // prettier-ignore
    expect(stream.open).toBe(false)
  })
})
