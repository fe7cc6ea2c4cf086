import { expect, test } from 'vitest'
import { fieldsOf, isText, meaningOf, plainText, rewriteField } from '#shared/transcript/redact/mimeHead.ts'

test('what a head says of its content', () => {
  expect(meaningOf('Subject: x\r\n\r\n')).toEqual(plainText)
  expect(
    meaningOf(
      'content-type: Text/HTML;\r\n charset="UTF-8" (so)\r\nContent-Transfer-Encoding: BASE64 (x)\r\n',
    ),
  ).toEqual({ type: 'text/html', charset: 'utf-8', encoding: 'base64', boundary: undefined })
  expect(meaningOf('Content-Type: multipart/x; boundary=" a b "\r\n').boundary).toBe(' a b')
  expect(meaningOf('Content-Type: nonsense\r\n').type).toBe('text/plain')
  expect(meaningOf('Content-Type: a/b\r\nContent-Type: c/d\r\n').encoding).toBe('unknown')
})

test('fields with their continuation lines', () => {
  expect(fieldsOf('a: b\r\n c\r\nd: e\r\n\r\n')).toEqual(['a: b\r\n c\r\n', 'd: e\r\n', '\r\n'])
  expect(fieldsOf('')).toEqual([])
})

test('rewritten: a charset, the encoding that it needs, a boundary', () => {
  expect(rewriteField('Content-Type: a/b; charset=x\r\n', { utf8: true })).toBe('Content-Type: a/b; charset="utf-8"\r\n')
  expect(rewriteField('Content-Transfer-Encoding: 7bit\r\n', { utf8: true })).toBe('Content-Transfer-Encoding: 8bit\r\n')
  expect(rewriteField('Content-Type: m/x; boundary=q\r\n', { boundary: 'r' })).toBe('Content-Type: m/x; boundary="r"\r\n')
  expect(rewriteField('Subject: 7bit\r\n', { utf8: true, boundary: 'r' })).toBe('Subject: 7bit\r\n')
}) // prettier-ignore

test('text and what is none', () => {
  for (const type of ['text/plain', 'application/json', 'image/svg+xml', 'message/delivery-status'])
    expect([type, isText(type)]).toEqual([type, type !== 'image/svg+xml'])
  for (const type of ['text/rtf', 'message/partial', 'application/zip', 'image/png'])
    expect(isText(type)).toBe(false)
})
