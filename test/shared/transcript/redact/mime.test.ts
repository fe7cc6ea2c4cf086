import { assert, array, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { stretchesOf } from '#shared/transcript/redact/mime.ts'

const stretches = (raw: string) =>
  [...stretchesOf(raw)].flatMap((each) => (each === undefined ? [] : [{ kind: each.kind, text: raw.slice(each.from, each.to) }])) // prettier-ignore

test('heads, contents and delimiters, nested', () => {
  const raw =
    'Content-Type: multipart/mixed; boundary=a\n\npre\n--a\n\none\n--a\nContent-Type: message/rfc822\n\nFrom: x\n\ntwo\n--a--\npost'
  expect(stretches(raw)).toEqual([
    { kind: 'head', text: 'Content-Type: multipart/mixed; boundary=a\n\n' },
    { kind: 'content', text: 'pre\n' },
    { kind: 'delimiter', text: '--a\n' },
    { kind: 'head', text: '\n' },
    { kind: 'content', text: 'one\n' },
    { kind: 'delimiter', text: '--a\n' },
    { kind: 'head', text: 'Content-Type: message/rfc822\n\n' },
    { kind: 'head', text: 'From: x\n\n' },
    { kind: 'content', text: 'two\n' },
    { kind: 'delimiter', text: '--a--\n' },
    { kind: 'content', text: 'post' },
  ])
})

test('joined they are the message, whatever it is', () => {
  const bit = constantFrom('Content-Type: multipart/x; boundary=a\r\n', 'Content-Type: multipart/x; boundary=b\r\n', '--a\r\n', '--b--\r\n', '--a--', '\r\n', 'a: b\r\n', ' c', 'text\n', 'Content-Type: message/rfc822\r\n\r\n') // prettier-ignore
  assert(
    property(array(bit, { maxLength: 30 }), (bits) => {
      const raw = bits.join('')
      expect(stretches(raw).map(({ text }) => text).join('')).toBe(raw) // prettier-ignore
    }),
  )
})
