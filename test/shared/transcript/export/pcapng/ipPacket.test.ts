import { describe, expect, test } from 'vitest'
import { flags, ipPacket } from '#shared/transcript/export/pcapng/ipPacket.ts'

const sum = (octets: Buffer): number => {
  let total = 0
  for (let i = 0; i < octets.length; i += 2) total += octets.readUInt8(i) * 256 + (octets[i + 1] ?? 0)
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 65_536)
  return total
}
const base = { seq: 2 ** 32 + 5, ack: 7, flags: flags.ack, missing: 0, id: 70_000 }
const from4 = { address: Uint8Array.of(192, 0, 2, 1), port: 50_000 }
const to4 = { address: Uint8Array.of(192, 0, 2, 2), port: 25 }

describe('ipPacket', () => {
  test.each([0, 1, 2, 1459])('IPv4 with %i octets: both checksums sum to all ones', (size) => {
    const payload = new Uint8Array(size).fill(0xab)
    const ip = Buffer.from(ipPacket({ ...base, from: from4, to: to4, payload }))
    expect([ip[0], ip.readUInt16BE(2), ip.length]).toEqual([0x45, 40 + size, 40 + size])
    expect(sum(ip.subarray(0, 20))).toBe(0xffff)
    const pseudo = Buffer.from([...from4.address, ...to4.address, 0, 6, (20 + size) >> 8, (20 + size) & 255])
    expect(sum(Buffer.concat([pseudo, ip.subarray(20)]))).toBe(0xffff)
    // Sequence numbers wrap.
    expect(ip.readUInt32BE(24)).toBe(5)
  })

  test('IPv6: the checksum covers its addresses', () => {
    const address = Uint8Array.from({ length: 16 }, (_, i) => i)
    const ip = Buffer.from(ipPacket({ ...base, from: { address, port: 1 }, to: { address, port: 25 }, payload: Uint8Array.of(1, 2, 3) })) // prettier-ignore
    expect([ip[0], ip.readUInt16BE(4), ip[6]]).toEqual([0x60, 23, 6])
    const pseudo = Buffer.from([...address, ...address, 0, 0, 0, 23, 0, 0, 0, 6])
    expect(sum(Buffer.concat([pseudo, ip.subarray(40)]))).toBe(0xffff)
  })

  test('a SYN has its options and acknowledges nothing', () => {
    const ip = Buffer.from(
      ipPacket({ ...base, flags: flags.syn, from: from4, to: to4, payload: new Uint8Array(0) }),
    )
    expect(ip.readUInt32BE(28)).toBe(0)
    expect(ip.subarray(40).toString('hex')).toBe('020405b40103030e')
  })

  test('what is missing counts in the length and is not there', () => {
    const ip = Buffer.from(
      ipPacket({ ...base, from: from4, to: to4, payload: Uint8Array.of(1), missing: 99 }),
    )
    expect([ip.readUInt16BE(2), ip.length]).toEqual([140, 41])
  })
})
