import { expect, test } from 'vitest'
import { parsePath, printPath } from '#shared/smtp/grammar/path.ts'

test.each([
  ['<a@b>', 'reverse', { path: 'a@b', length: 5 }],
  ['<a@b> SIZE=1', 'reverse', { path: 'a@b', length: 5 }],
  ['<>', 'reverse', { path: '', length: 2 }],
  ['<Postmaster>', 'forward', { path: 'Postmaster', length: 12 }],
  ['<postMASTER>', 'forward', { path: 'postMASTER', length: 12 }],
  ['<">"@b>x', 'forward', { path: '">"@b', length: 7 }],
  ['<"\\">"@b>', 'forward', { path: '"\\">"@b', length: 9 }],
  ['<@r1,@r2.org:a@b>', 'forward', { path: 'a@b', route: '@r1,@r2.org', length: 17 }],
  ['a@b NOTIFY=NEVER', 'forward', { path: 'a@b', length: 3, lenient: ['path without angle brackets'] }],
  ['<é@b>', 'forward', { path: 'é@b', length: 5, international: true }],
  ['<a@b_c>', 'forward', { path: 'a@b_c', length: 7, lenient: ['underscore in a domain'] }],
] as const)('%j as %s-path', (text, use, value) => {
  expect(parsePath(text, use)).toEqual({ ok: true, value: { international: false, lenient: [], ...value } })
})

test.each([
  ['<>', 'forward', 'forward-path', 'empty'],
  ['<@r:>', 'reverse', 'reverse-path', 'empty'],
  ['', 'reverse', 'reverse-path', 'or <> for the null'],
  ['<Postmaster>', 'reverse', 'reverse-path', 'missing @'],
  ['<a@b', 'reverse', 'reverse-path', 'no closing >'],
  ['<"a@b>', 'reverse', 'reverse-path', 'no closing >'],
  ['<a@b c>', 'reverse', 'reverse-path, domain', 'a space'],
  ['<@r a@b>', 'forward', 'forward-path', 'nothing before the @'],
  ['<@r:postmaster>', 'forward', 'forward-path', 'missing @'],
  ['<a..b@c>', 'forward', 'forward-path, local part', 'two in a row'],
  [`<a@${'b.'.repeat(127)}c>`, 'forward', 'forward-path', 'more than 256'],
] as const)('%j is no %s-path', (text, use, field, words) => {
  const read = parsePath(text, use)
  expect(read).toMatchObject({ ok: false, problem: { field } })
  expect(read.ok || read.problem.expected).toContain(words)
})

test('256 octets with brackets are allowed', () => {
  expect(parsePath(`<${'x'.repeat(61)}@${'b.'.repeat(95)}cd>`, 'forward')).toMatchObject({
    ok: true,
    value: { length: 256 },
  })
})

test('a path is printed in brackets, and never with a control character', () => {
  expect(printPath('a@b')).toBe('<a@b>')
  expect(printPath('')).toBe('<>')
  for (const bad of ['a@b>\r\nDATA', 'a\n', 'a\0', 'a\x7f'])
    expect(() => printPath(bad)).toThrow('control character')
})
