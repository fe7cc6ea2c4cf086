import { assert, integer, property, uuid } from 'fast-check'
import { expect, test } from 'vitest'
import { Patch, type Values } from '#engine/many/patch.ts'
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'

const first: Values = {
  n: '8123456',
  uuid: 'c0ffee00-0000-4000-8000-00000000beef',
  date: 'Sun, 08 Feb 1953 09:08:53 +0000',
  iso: '1953-02-08T09:08:53.957Z',
}
const text = (values: Values): string =>
  `Date: ${values.date}\r\nMessage-ID: <${values.uuid}@x>\r\nSubject: ${values.n} of ${values.n}\r\n\r\n${values.iso} é\r\nrest`

test('fills in what differs, and nothing else', () => {
  assert(
    property(integer({ min: 1, max: 1_000_000 }), uuid(), (n, id) => {
      const values = { ...first, n: String(n), uuid: id, iso: '2026-01-01T00:00:00.000Z' }
      const { head, rest } = new Patch(utf8(text(first)), first).put(values)
      expect(toByteString(head) + toByteString(rest)).toBe(toByteString(utf8(text(values))))
    }),
  )
})

test('what follows the last place is the same array for all', () => {
  const octets = utf8(text(first))
  const patch = new Patch(octets, first)
  expect(patch.put(first).rest.buffer).toBe(octets.buffer)
  expect(toByteString(patch.put(first).rest)).toBe(toByteString(utf8(' é\r\nrest')))
})

test('octets without a place are given as they are', () => {
  const octets = utf8('nothing here')
  const { head, rest } = new Patch(octets, first).put({ ...first, n: '1' })
  expect([head.length, toByteString(rest)]).toEqual([0, 'nothing here'])
})
