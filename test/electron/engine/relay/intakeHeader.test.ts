import { assert, array, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { headerEnd, mostOfAName, readHeader } from '#engine/relay/intakeHeader.ts'
import { fromByteString, toByteString, utf8 } from '#shared/bytes/bytes.ts'

const wanted = new Set(['subject', 'x-virtual-mta'])
const read = (text: string, whole = true) => readHeader(fromByteString(text), whole, wanted)
const values = (text: string, name: string) =>
  read(text)
    .fields.get(name)
    ?.map(({ value }) => value)

test('fields are read whatever their case, folded or with spaces before the colon, up to the empty line', () => {
  const text =
    'RECEIVED: a\r\n b\r\nreceived : c\r\nSUBJECT: one\r\n\ttwo\r\nX: y\r\n\r\nReceived: body\r\nSubject: body\r\n'
  expect(read(text)).toMatchObject({ received: 2, whole: true, end: text.indexOf('\r\n\r\n') + 2 })
  expect(values(text, 'subject')).toEqual(['one\ttwo'])
})

test('the octets of a field are its own and those of its continuation lines', () => {
  const text = 'A: b\r\nX-Virtual-MTA: mta1\r\n mta2\r\nC: d\r\nx-virtual-mta:e\r\n\r\nbody'
  const cut = read(text).fields.get('x-virtual-mta')!.map(({ from, to }) => text.slice(from, to)) // prettier-ignore
  expect(cut).toEqual(['X-Virtual-MTA: mta1\r\n mta2\r\n', 'x-virtual-mta:e\r\n'])
})

test('a bare LF ends a line as CRLF does, so that nothing hides behind one', () => {
  expect(read('Received: a\nReceived: b\n\nReceived: c\n').received).toBe(2)
  expect(values('A: b\nSubject: c\r\n\r\n', 'subject')).toEqual(['c'])
})

test('what is no field ends the header: no header at all, a line without a colon, a continuation of nothing', () => {
  for (const text of ['', '\r\n', '\r\nReceived: a\r\n', 'Hello there\r\nReceived: a\r\n', ' Received: a\r\n', ': a\r\nReceived: b\r\n', 'Re ceived: a\r\n', 'Réceived: a\r\n'])
    expect(read(text)).toMatchObject({ received: 0, end: 0, whole: true })
}) // prettier-ignore

test('text that stands where a header belongs is seen, and the line that a mailbox file puts first is none', () => {
  const direct = (text: string) => read(text).direct
  expect(['no header\r\n', ' folded\r\n', 'A: b\r\nno field\r\n'].map(direct)).toEqual([true, true, true])
  expect(['', '\r\n', 'A: b\r\n', 'A: b\r\n\r\nbody', '\nbody'].map(direct)).toEqual([false, false, false, false, false]) // prettier-ignore
  const mbox = '>From me@a.test Sun Mar  1 12:00:00 2026\r\nReceived: a\r\nSubject: b\r\n\r\n'
  expect(read(mbox)).toMatchObject({ received: 1, count: 2, direct: false })
  expect(headerEnd(fromByteString(mbox))).toBe(mbox.length - 2)
})

test('a header that goes on behind what was read leaves its last field out', () => {
  expect(read('Received: a\r\nSubject: half', false)).toMatchObject({ received: 1, whole: false })
  expect(read('Received: a\r\nSubject: whole?\r\n', false).fields.size).toBe(0)
  expect(read('Received: a\r\nSubject: b\r\n\r\n', false).fields.size).toBe(1)
  expect(read('Received: a\r\nSubject: b', true).fields.size).toBe(1)
})

test('a value in UTF-8 is that, any other octets are one character each; fields of one name are bounded', () => {
  const [{ value } = { value: '' }] = readHeader(utf8('Subject: schön\r\n\r\n'), true, wanted).fields.get('subject') ?? [] // prettier-ignore
  expect([value, values('Subject: sch\xf6n\r\n\r\n', 'subject')]).toEqual(['schön', ['schön']])
  expect(values('Subject: x\r\n'.repeat(500), 'subject')).toHaveLength(mostOfAName)
})

test('wherever it is cut, what is read of a header is the beginning of what the whole one has', () => {
  const parts = constantFrom(
    'Received: x\r\n',
    ' y\r\n',
    'X-Virtual-MTA: m\r\n',
    '\r\n',
    'body',
    'A:b\n',
    '\r',
    ':',
  )
  assert(
    property(array(parts, { maxLength: 10 }), (all) => {
      const text = all.join('')
      const whole = read(text)
      for (let at = 0; at <= text.length; at++) {
        const part = read(text.slice(0, at), false)
        expect(part.received).toBeLessThanOrEqual(whole.received)
        expect(part.end).toBeLessThanOrEqual(whole.end)
        if (headerEnd(fromByteString(text.slice(0, at))) >= 0) expect(part).toEqual({ ...whole })
        for (const [name, fields] of part.fields)
          expect(whole.fields.get(name)?.slice(0, fields.length)).toEqual(fields)
      }
      expect(toByteString(fromByteString(text).subarray(0, whole.end))).toBe(text.slice(0, whole.end))
    }),
    { numRuns: 500 },
  )
})

test('a megabyte of hostile header takes no long time', () => {
  for (const one of ['a', ':', 'a:\n', '\n ', ' \r\n', 'a: b\r\n ', 'Received:\r\n\t'])
    expect(read(one.repeat(Math.ceil((256 << 10) / one.length)), false).end).toBeLessThanOrEqual(256 << 11)
})
