import { assert, property, string } from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { encodeName, encodeOwnValue, encodeValue, holdsEncodedWord } from '#engine/message/fieldText.ts'

const subjectOf = async (value: string): Promise<string | undefined> =>
  (await PostalMime.parse(`Subject: ${value}\r\n\r\n`)).subject

test('plain text stays as it is', () => {
  expect(encodeValue('Re: [list] a, "b" (c) ? =')).toBe('Re: [list] a, "b" (c) ? =')
})

test.each([
  '=?utf-8?q?hi?=',
  'a =?iso-8859-1?B?/w==?= b',
  '=?not one',
  '\u2028up', ' \u3000wide ', 'Grüße 😀', '日本語 '.repeat(40),
])('%j is read as it was typed', async (typed) => {
  const encoded = encodeValue(typed)
  expect(encoded).toMatch(/^[ -~]+$/)
  expect(await subjectOf(encoded)).toBe(typed)
}) // prettier-ignore

test('any text without controls is read as it was typed', async () => {
  const samples: string[] = []
  assert(property(string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
    // oxlint-disable-next-line no-control-regex -- line breaks and controls are refused before
    if (/[\u0000-\u001f\u007f]/.test(text) || text.trim() === '') return
    const encoded = encodeValue(text)
    expect(encoded).toMatch(/^[ -~]+$/)
    if (samples.length < 60) samples.push(text)
  })) // prettier-ignore
  for (const text of samples) expect(await subjectOf(encodeValue(text))).toBe(text.toWellFormed())
})

test.each([
  ['Ann Lee', 'Ann Lee'],
  ['Lee, Ann', '"Lee, Ann"'],
  ['a "b" \\', '"a \\"b\\" \\\\"'],
  ['a  b', '"a  b"'],
])('the name %j is written as %s', (name, written) => expect(encodeName(name)).toBe(written))

test('a name that looks like an encoded word is read as it was typed', async () => {
  for (const name of ['=?utf-8?q?admin?=', 'Jürgen Ö'])
    expect((await PostalMime.parse(`From: ${encodeName(name)} <a@x.test>\r\n\r\n`)).from?.name).toBe(name)
})

test('an encoded word in a field of one’s own stays one; what is no space stays in front', async () => {
  expect(encodeOwnValue(' =?utf-8?q?hi?=\t')).toBe('=?utf-8?q?hi?=')
  expect(await subjectOf(encodeOwnValue('\u2028up'))).toBe('\u2028up')
  expect(['=?utf-8?q?hi?=', 'x=?a?B?AA==?=y', '=?not one', 'a?=b'].map(holdsEncodedWord)).toEqual([
    true, true, false, false,
  ]) // prettier-ignore
})
