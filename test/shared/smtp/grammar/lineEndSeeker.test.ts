import { array, assert, constantFrom, integer, nat, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import { LineEndSeeker } from '#shared/smtp/grammar/lineEndSeeker.ts'

/** As slow and plain as can be. */
const plainly = (octets: Uint8Array, at: number): number => {
  const found = [...octets].findIndex((octet, i) => i >= at && (octet === 10 || octet === 13))
  return found
}

// Octets beside CR and LF, and those that differ from them in one bit, are where arithmetic on words would go wrong.
const octet = oneof(
  constantFrom(0, 9, 10, 11, 12, 13, 14, 0x7f, 0x80, 0x8a, 0x8d, 0xff),
  integer({ min: 0, max: 255 }),
)

test('finds what looking at each octet finds, wherever the octets lie in their memory', () => {
  const same = property(array(octet, { maxLength: 70 }), nat(9), nat(80), (values, offset, at) => {
    const memory = new Uint8Array(offset + values.length + 8).fill(10)
    memory.set(values, offset)
    const octets = memory.subarray(offset, offset + values.length)
    expect(new LineEndSeeker(octets).next(at)).toBe(plainly(octets, at))
  })
  assert(same, { numRuns: 5000 })
})

test('finds each of four octets in every place of a word', () => {
  for (let place = 0; place < 16; place++) {
    for (const end of [10, 13]) {
      const octets = new Uint8Array(16).fill(0x41)
      octets[place] = end
      const seeker = new LineEndSeeker(octets)
      expect([seeker.next(0), seeker.next(place), seeker.next(place + 1)]).toEqual([place, place, -1])
    }
  }
  expect(new LineEndSeeker(new Uint8Array(0)).next(0)).toBe(-1)
})
