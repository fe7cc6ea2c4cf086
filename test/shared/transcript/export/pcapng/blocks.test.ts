import { describe, expect, test } from 'vitest'
import {
  enhancedPacket,
  interfaceDescription,
  nameResolution,
  sectionHeader,
} from '#shared/transcript/export/pcapng/blocks.ts'
import { readBlocks, readOptions } from '#test/support/pcapng.ts'

const one = (octets: Uint8Array) => readBlocks(octets)[0]!
const optionsOf = (body: Buffer, at: number) =>
  readOptions(body, at).map(({ code, value }) => [code, value.toString('utf8')])

describe('pcapng blocks', () => {
  test('the section says byte order, version, no length, comments and program', () => {
    const { type, body } = one(sectionHeader('prog 1', ['first', 'second ü']))
    expect(type).toBe(0x0a0d0d0a)
    expect(body.subarray(0, 16).toString('hex')).toBe('4d3c2b1a01000000ffffffffffffffff')
    expect(optionsOf(body, 16)).toEqual([[1, 'first'], [1, 'second ü'], [4, 'prog 1']]) // prettier-ignore
  })

  test('the interface is raw IP with microseconds', () => {
    const { type, body } = one(interfaceDescription('name', 'words'))
    expect([type, body.readUInt16LE(0)]).toEqual([1, 101])
    expect(readOptions(body, 8).map(({ code, value }) => [code, ...(code === 9 ? [value[0]] : [])])).toEqual([[2], [3], [9, 6]]) // prettier-ignore
  })

  test('names are records of IPv4 and IPv6', () => {
    const { body } = one(nameResolution([{ address: Uint8Array.of(192, 0, 2, 1), name: 'a.example' }, { address: new Uint8Array(16), name: 'b.example' }])) // prettier-ignore
    expect([body.readUInt16LE(0), body.readUInt16LE(2)]).toEqual([1, 4 + 'a.example'.length + 1])
    expect(body.toString('latin1')).toMatch(/a\.example\0.*b\.example\0/s)
    expect(body.subarray(-4).toString('hex')).toBe('00000000')
  })

  test('a packet has a time of 64 bits, both lengths, padding and comments', () => {
    const time = 1_767_323_045_678_123
    const { body } = one(
      enhancedPacket({ time, octets: Uint8Array.of(1, 2, 3, 4, 5), missing: 10, comments: ['c'] }),
    )
    expect(body.readUInt32LE(4) * 2 ** 32 + body.readUInt32LE(8)).toBe(time)
    expect([body.readUInt32LE(12), body.readUInt32LE(16)]).toEqual([5, 15])
    expect(body.subarray(20, 28).toString('hex')).toBe('0102030405000000')
    expect(optionsOf(body, 28)).toEqual([[1, 'c']])
  })

  test('a comment is bounded and never ends inside a character', () => {
    const { body } = one(sectionHeader('p', [`x${'ü'.repeat(5000)}`]))
    const [[, comment]] = optionsOf(body, 16) as [[number, string]]
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(4000)
    expect(comment).toMatch(/^xü+$/)
  })
})
