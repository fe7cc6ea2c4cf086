import { expect, test } from 'vitest'
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { crc32, joined, zip } from '#shared/inbox/zip.ts'

const file = (name: string) => ({ name, bytes: new Uint8Array(), date: new Date('1970-01-01') })
const date = new Date('2026-03-04T05:06:08Z')

test('the check sum is the one of ISO 3309', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926)
  expect(crc32(new Uint8Array())).toBe(0)
})

test('files stand one behind the other, and in the directory with their places', () => {
  const bytes = zip([
    { name: 'a.eml', bytes: utf8('one'), date },
    { name: 'ü.eml', bytes: utf8('two'), date },
  ])
  const text = toByteString(bytes)
  const view = new DataView(bytes.buffer)
  expect(text.startsWith('PK\x03\x04')).toBe(true)
  const end = text.lastIndexOf('PK\x05\x06')
  expect([view.getUint16(end + 8, true), view.getUint16(end + 10, true)]).toEqual([2, 2])
  const directory = view.getUint32(end + 16, true)
  expect(text.slice(directory, directory + 4)).toBe('PK\x01\x02')
  expect(directory + view.getUint32(end + 12, true)).toBe(end)
  const second = text.indexOf('PK\x01\x02', directory + 4)
  const at = view.getUint32(second + 42, true)
  expect(text.slice(at, at + 4)).toBe('PK\x03\x04')
  expect(text.slice(at + 30 + view.getUint16(at + 26, true)).startsWith('two')).toBe(true)
  expect(view.getUint32(at + 14, true)).toBe(crc32(utf8('two')))
})

test('a number that is added takes no name that is there', () => {
  const text = toByteString(zip(['a.eml', 'a 2.eml', 'a.eml', 'a.eml', 'a 2.eml', 'A 2.EML'].map(file)))
  const names = text
    .split('PK\x01\x02')
    .slice(1)
    .map((entry) => /^[^]{42}(.+?\.eml)/iu.exec(entry)?.[1])
  expect(names).toEqual(['a.eml', 'a 2.eml', 'a 3.eml', 'a 4.eml', 'a 2 2.eml', 'A 2 3.EML'])
})

test('equal names get numbers; none is an archive too', () => {
  const text = toByteString(zip(['a.eml', 'A.eml', 'a.eml', 'b'].map(file)))
  for (const name of ['a.eml', 'A 2.eml', 'a 3.eml', 'b']) expect(text).toContain(name)
  expect(zip([])).toHaveLength(22)
  expect(joined([utf8('a'), utf8('bc')])).toEqual(utf8('abc'))
})
