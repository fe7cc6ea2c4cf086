import { expect, test } from 'vitest'
import { readPolicy } from '#engine/domain/stsPolicy.ts'

/** RFC 8461 §3.2. */
const example =
  'version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n'

test('the RFC’s example, with either line end', () => {
  const policy = { mode: 'enforce', maxAge: 604_800, patterns: ['mail.example.com', '*.example.net', 'backupmx.example.com'] } // prettier-ignore
  expect(readPolicy(example)).toEqual({ ok: true, policy })
  expect(readPolicy(example.replaceAll('\n', '\r\n'))).toEqual({ ok: true, policy })
  expect(readPolicy(example.trimEnd())).toEqual({ ok: true, policy })
})
test.each([
  ['blanks, capital letters, unknown keys', 'version:STSv1  \nmode:\ttesting\nmx: MAIL.Example.com \nmax_age:1\nfuture_key: what ever; it says\n', { mode: 'testing', maxAge: 1, patterns: ['mail.example.com'] }],
  ['the first of two modes', `${example}mode: none\n`, { mode: 'enforce', maxAge: 604_800, patterns: ['mail.example.com', '*.example.net', 'backupmx.example.com'] }],
  ['any order, and none without mx', 'max_age: 86400\nmode: none\nversion: STSv1\n', { mode: 'none', maxAge: 86_400, patterns: [] }],
  ['an age of centuries', 'version: STSv1\nmode: none\nmax_age: 9999999999', { mode: 'none', maxAge: 31_557_600, patterns: [] }],
])('%s', (_, text, policy) => {
  expect(readPolicy(text)).toEqual({ ok: true, policy })
}) // prettier-ignore
test.each([
  ['', 'it has no version'],
  ['<!doctype html>\n<p>Not found', 'the line “<!doctype html>” is not of the form key: value'],
  ['version: STSv2\nmode: none\nmax_age: 1', 'its version is “STSv2” instead of STSv1'],
  ['version: STSv1\nmax_age: 1\nmx: a.b', 'it has no mode'],
  ['version: STSv1\nmode: Enforce\nmax_age: 1\nmx: a.b', 'its mode is “Enforce” instead of enforce, testing or none'],
  ['version: STSv1\nmode: none', 'it has no max_age'],
  ['version: STSv1\nmode: none\nmax_age: 1w', 'its max_age “1w” is no number of seconds'],
  ['version: STSv1\nmode: testing\nmax_age: 1', 'it names no mx'],
  ['version: STSv1\nmode: enforce\nmax_age: 1\nmx: *', 'its mx “*” is no host name, nor *. and one'],
  ['version: STSv1\nmode: enforce\nmax_age: 1\nmx: a.*.example', 'its mx “a.*.example” is no host name, nor *. and one'],
  ['version: STSv1\nmode: enforce\nmax_age: 1\nmx: a.example, b.example', 'its mx “a.example, b.example” is no host name, nor *. and one'],
])('%j is refused with its reason', (text, problem) => {
  expect(readPolicy(text)).toEqual({ ok: false, problem })
}) // prettier-ignore
test('64 KiB of anything is read at once', () => {
  expect(readPolicy(`a${' '.repeat(65_000)}`)).toMatchObject({ ok: false })
  expect(readPolicy(`version: STSv1${' '.repeat(65_000)}\nmode: none\nmax_age: 1`)).toMatchObject({
    ok: true,
  })
  expect(readPolicy('mx: a.b\n'.repeat(8000) + example)).toMatchObject({ ok: true })
})
