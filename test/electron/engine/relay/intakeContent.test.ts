import { assert, array, boolean, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { alwaysKept, IntakeContent, mostKept } from '#engine/relay/intakeContent.ts'
import { createMemory } from '#engine/relay/intakeMemory.ts'
import { fromByteString, toByteString } from '#shared/bytes/bytes.ts'

const octets = (text: string) => fromByteString(text)
const room = () => createMemory(64 << 20)

function passedBy(pieces: readonly string[]) {
  const content = new IntakeContent(room())
  for (const piece of pieces) content.see(octets(piece))
  return content.passed()
}

test('a bare line end is found wherever the octets were cut, and none where every line ends in CRLF', () => {
  const parts = constantFrom('\r', '\n', '\r\n', 'a', '.', '')
  assert(
    property(array(parts, { maxLength: 12 }), array(boolean(), { maxLength: 24 }), (all, cuts) => {
      const text = all.join('')
      const pieces = ['']
      for (const [i, c] of Array.from(text).entries()) {
        if (cuts[i % Math.max(1, cuts.length)] === true) pieces.push('')
        pieces[pieces.length - 1] += c
      }
      const bare = /(?<!\r)\n|\r(?!\n)/.test(text)
      expect(passedBy(pieces)).toMatchObject({ bareLineEnds: bare, size: text.length, whole: true, eightBit: false }) // prettier-ignore
    }),
    { numRuns: 2000 },
  )
})

test('a small message is there whole, of a large one the beginning', () => {
  const small = passedBy(['Subject: x\r\n\r\n', 'schön\r\n'])
  expect(small).toMatchObject({ whole: true, eightBit: true, headerLost: false, size: 21 })
  expect(toByteString(small.head)).toBe('Subject: x\r\n\r\nschön\r\n')
  const line = `${'x'.repeat(1022)}\r\n`
  const large = passedBy(Array.from({ length: 300 }, () => line))
  expect(large).toMatchObject({ whole: false, size: 300 * 1024, headerLost: false })
  expect(large.head).toHaveLength(mostKept)
  const exact = passedBy([line.repeat(256)])
  expect([exact.whole, exact.head.length]).toEqual([true, mostKept])
})

test('without room a message keeps its header, and says when even that found none', () => {
  const memory = createMemory(0)
  const made = (text: string) => {
    const content = new IntakeContent(memory)
    content.see(octets(text))
    return content
  }
  const short = made(`A: b\r\n\r\n${'x'.repeat(200_000)}`)
  expect(short.passed()).toMatchObject({ whole: false, headerLost: false, size: 200_008 })
  expect(short.passed().head).toHaveLength(alwaysKept)
  const long = made(`A: ${'b'.repeat(20_000)}\r\n\r\n`)
  expect(long.passed().headerLost).toBe(true)
  expect(made('A: b\r\n\r\nbody\r\n').passed().whole).toBe(true)
})

test('everything that was taken is given back, however the message went', () => {
  const memory = createMemory(1 << 20)
  for (const size of [0, 1, 5000, 70_000, 300_000]) {
    const content = new IntakeContent(memory)
    content.see(octets('x'.repeat(size)))
    content.see(octets('y'))
    content.release()
    content.release()
    content.see(octets('late'))
  }
  expect(memory.used).toBe(0)
})
