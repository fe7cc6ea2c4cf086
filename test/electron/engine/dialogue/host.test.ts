import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { familyMessage, isPort, readHost } from '#engine/dialogue/host.ts'

test.each([
  ['smtp.example.com', 'smtp.example.com', undefined, true],
  ['smtp.example.com.', 'smtp.example.com.', undefined, true],
  ['localhost', 'localhost', undefined, true],
  ['192.0.2.1', '192.0.2.1', undefined, true],
  ['::1', '::1', undefined, true],
  ['[2001:db8::1]', '2001:db8::1', undefined, true],
  ['[IPv6:::1]', '::1', undefined, true],
  ['bücher.example', 'bücher.example', undefined, true],
  [' smtp.example.com ', 'smtp.example.com', undefined, false],
  ['smtp.example.com:587', 'smtp.example.com', 587, false],
  ['192.0.2.1.', '192.0.2.1', undefined, true],
  ['[::1]:25', '::1', 25, false],
  ['smtp://smtp.example.com:2525/path?x', 'smtp.example.com', 2525, false],
  ['https://mail.example/', 'mail.example', undefined, false],
])('%j is understood', (typed, host, port, clean) => {
  expect(readHost(typed)).toEqual({ ok: true, host, clean, ...(port === undefined ? {} : { port }) })
})

test.each([
  ['', 'empty'],
  ['  ', 'empty'],
  ['a b', 'spaces'],
  ['anna@example.com', 'mailbox'],
  ['smtp://anna:secret@example.com:587', 'fields of their own'],
  ['300.1.2.3', 'no IP address'],
  ['1.2.3', 'no IP address'],
  ['a..b', 'empty part'],
  ['-a.example', 'characters'],
  ['a!b', 'host name'],
  ['host:70000', '65535'],
  ['host:0', '65535'],
  ['a:b:c', 'neither'],
  ['smtp.example.com\r\nX', 'control characters'],
  [`${'a'.repeat(64)}.example`, '63'],
  [`${'abc.'.repeat(80)}example`, '253'],
  ['0x7f.1', 'cannot be'],
])('%j is answered in words', (typed, words) => {
  const read = readHost(typed)
  expect(read.ok).toBe(false)
  if (!read.ok) expect(read.message).toContain(words)
})

test('never throws, and what it takes has no blank or control in it', () => {
  assert(
    property(string({ unit: 'binary' }), (typed) => {
      const read = readHost(typed)
      return !read.ok || !/[\s\p{Cc}/@]/u.test(read.host)
    }),
  )
})

test('ports', () => {
  expect([0, 1, 65_535, 65_536, 1.5, NaN].map(isPort)).toEqual([false, true, true, false, false, false])
})

test('what is far too long is refused without being repeated', () => {
  const read = readHost('a'.repeat(1_000_000))
  expect(read).toMatchObject({ ok: false, message: expect.stringContaining('1000000 characters') })
  expect(JSON.stringify(read).length).toBeLessThan(200)
})

test('an address has one family, a name may have both', () => {
  for (const family of [0, 4, 6] as const) expect(familyMessage('mx.example', family)).toBeUndefined()
  expect(familyMessage('192.0.2.1', 4)).toBeUndefined()
  expect(familyMessage('192.0.2.1', 6)).toContain('IPv4 address')
  expect(familyMessage('::1', 4)).toContain('IPv6 address')
})

test.each([
  'smtps://anna:hunt/er2@mail.test',
  'anna:hunt/er2@mail.test',
  'smtps://anna:25/hunter2@mail.test',
])('nothing of a password is repeated: %s', (typed) => {
  const read = readHost(typed)
  expect(read.ok).toBe(false)
  expect(read.ok || read.message).not.toMatch(/hunt|25/)
})
