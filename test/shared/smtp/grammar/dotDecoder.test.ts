import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DotDecoder } from '#shared/smtp/grammar/dotDecoder.ts'
import { DotEncoder } from '#shared/smtp/grammar/dotEncoder.ts'
import { concat, cutAt, cuts, everyCut, lumpyStream, octets, text } from '#test/support/cuts.ts'

function decode(pieces: readonly Uint8Array[]) {
  const decoder = new DotDecoder()
  let content = ''
  let rest = ''
  for (const piece of pieces) {
    const decoded = decoder.push(piece)
    content += decoded.content.map(text).join('')
    rest += text(decoded.rest)
    expect(decoded.ended).toBe(decoder.ended)
  }
  expect(decoder.size).toBe(content.length)
  return { content, rest, ended: decoder.ended, report: decoder.report, longest: decoder.longestLine }
}

const cases: [wire: string, content: string, rest: string | null][] = [
  ['.\r\n', '', ''],
  ['.\r\nQUIT\r\n', '', 'QUIT\r\n'],
  ['a\r\n.\r\n', 'a\r\n', ''],
  ['a\r\n.\r\n.\r\n', 'a\r\n', '.\r\n'],
  ['..\r\n.\r\n', '.\r\n', ''],
  ['.a\r\n..b\r\n.\r\n', 'a\r\n.b\r\n', ''],
  ['a.\r\n.\r\n', 'a.\r\n', ''],
  ['a', 'a', null],
  ['a\r\n.', 'a\r\n', null],
  ['a\r\n.\r', 'a\r\n', null],
  ['a\r\n.\r\r\n.\r\n', 'a\r\n\r\r\n', ''],
  ['a\r\n.\rb', 'a\r\n\rb', null],
  ['a\n.\n.\r\nb\r\n.\r\nx', 'a\n.\n.\r\nb\r\n', 'x'],
]

describe.each(cases)('%j', (wire, content, rest) => {
  test('however it is cut', () => {
    for (const pieces of everyCut(octets(wire)))
      expect(decode(pieces)).toMatchObject({ content, rest: rest ?? '', ended: rest !== null })
  })
})

// Every form of a lone dot between line ends, but the one that ends the data (CVE-2023-51764 and its kin).
const ends = { CRLF: '\r\n', LF: '\n', CR: '\r' }
const forms = Object.entries(ends).flatMap(([before, a]) =>
  Object.entries(ends).map(([after, b]) => [`<${before}>.<${after}>`, `x${a}.${b}`] as const),
)
describe.each(forms.filter(([form]) => form !== '<CRLF>.<CRLF>'))('%s', (form, smuggled) => {
  test('never ends the data, and is reported with the offset of its dot', () => {
    const wire = `${smuggled}MAIL FROM:<evil@x>\r\n.\r\n`
    for (const pieces of everyCut(octets(wire))) {
      const { ended, rest, report, content } = decode(pieces)
      expect({ ended, rest }).toEqual({ ended: true, rest: '' })
      expect(report.smuggling).toEqual([{ form, offset: smuggled.indexOf('.') }])
      expect(report.smugglings).toBe(1)
      expect(content).toContain('MAIL FROM:<evil@x>\r\n')
    }
  })
})

test('bare line ends are counted, with the offset of the first of each', () => {
  for (const pieces of everyCut(octets('ab\ncd\r\ne\rf\n\r\r\n.\r\n')))
    expect(decode(pieces).report).toMatchObject({
      bareLf: 2,
      firstBareLf: 2,
      bareCr: 2,
      firstBareCr: 8,
      smugglings: 0,
    })
})

test('offsets are those of the wire: removed dots count', () => {
  expect(decode([octets('.a\r\n..\r\nb\nc\r\n.\r\n')]).report.firstBareLf).toBe(9)
})

test('a flood of smuggling forms is counted, and the first 16 are kept', () => {
  const { report } = decode([octets('\n.'.repeat(100) + '\n')])
  expect(report.smugglings).toBe(100)
  expect(report.smuggling).toHaveLength(16)
})

test('a flood of doubled dots does not become a flood of pieces', () => {
  const decoded = new DotDecoder().push(octets('..\r\n'.repeat(1000)))
  expect(decoded.content.length).toBeLessThanOrEqual(8)
  expect(text(concat(decoded.content))).toBe('.\r\n'.repeat(1000))
})

test('content is given as subarrays', () => {
  const wire = octets('abc\r\n.\r\n')
  expect(new DotDecoder().push(wire).content[0]!.buffer).toBe(wire.buffer)
})

test('after the end everything comes back', () => {
  const decoder = new DotDecoder()
  decoder.push(octets('.\r\n'))
  const more = octets('x\r\n.\r\n')
  expect(decoder.push(more)).toEqual({ content: [], ended: true, rest: more })
})

test('decode(encode(x)) is x, with a line end added when it had none', () => {
  fc.assert(
    fc.property(lumpyStream, cuts, cuts, (content, sendCuts, receiveCuts) => {
      const encoder = new DotEncoder()
      const wire = concat([...cutAt(content, sendCuts).map((piece) => encoder.push(piece)), encoder.finish()])
      const { content: back, ended, rest } = decode(cutAt(concat([wire, octets('NOOP\r\n')]), receiveCuts))
      expect(back).toBe(text(content) + (encoder.addedLineEnd ? '\r\n' : ''))
      expect({ ended, rest }).toEqual({ ended: true, rest: 'NOOP\r\n' })
    }),
    { numRuns: 500 },
  )
})

test('the end of any wire is its first CRLF.CRLF, however it is cut', () => {
  fc.assert(
    fc.property(lumpyStream, cuts, (wire, positions) => {
      const result = decode(cutAt(wire, positions))
      expect(result).toEqual(decode([wire]))
      const end = ('\r\n' + text(wire)).indexOf('\r\n.\r\n')
      expect(result.ended).toBe(end >= 0)
      if (end >= 0) expect(result.rest).toBe(text(wire).slice(end + 3))
      expect(result.content.length).toBeLessThanOrEqual(wire.length)
    }),
    { numRuns: 500 },
  )
})

test('the longest line is told in octets with its end, without the dot that was added on the way', () => {
  const wire = octets('ab\r\n..cdef\r\nx\n\r\n.\r\n')
  for (const cut of wire.keys()) {
    const decoder = new DotDecoder()
    for (const piece of [wire.subarray(0, cut), wire.subarray(cut)]) decoder.push(piece)
    expect(decoder.longestLine).toBe('.cdef\r\n'.length)
  }
})

/** Lines as nearly all are, and now and then one that is not. */
const mostlyUsual = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('a\r\n', 'some words\r\n', '\r\n', `${'x'.repeat(70)}\r\n`) },
    { weight: 2, arbitrary: fc.constantFrom('..\r\n', '.a\r\n', 'a\n', 'b\r', '.\n', '.\r', '\t\0\x0b\x0c\x0e\r\n') },
  ),
  { maxLength: 60 },
) // prettier-ignore

/** Octets of the lines' ends and lengths, one after the other. */
function plainly(wire: string) {
  let [bareLf, bareCr, longest, start, before] = [0, 0, 0, 0, '\r\n']
  for (const { 0: end, index } of wire.matchAll(/\r\n|\r|\n/g)) {
    if (end === '\n') bareLf++
    if (end === '\r') bareCr++
    const stuffed = before === '\r\n' && wire[start] === '.' ? 1 : 0
    longest = Math.max(longest, index + end.length - start - stuffed)
    before = end
    start = index + end.length
  }
  return { bareLf, bareCr, longest }
}

test('counts and lengths are those of looking at each line, however it is cut', () => {
  fc.assert(
    fc.property(mostlyUsual, cuts, (lines, positions) => {
      const wire = lines.join('')
      const { report, longest, ended } = decode(cutAt(octets(`${wire}\r\n.\r\n`), positions))
      expect({ bareLf: report.bareLf, bareCr: report.bareCr, longest }).toEqual(plainly(`${wire}\r\n`))
      expect(ended).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
