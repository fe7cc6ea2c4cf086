import { expect, test } from 'vitest'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { changeHidden, changeText } from '#shared/transcript/redact/hiddenText.ts'

const hide = (text: string): string => text.replaceAll('ann', 'p')
const coded = (text: string): string => toBase64(utf8(text))

test('base64 in a text: a token, a block of quoted lines', () => {
  expect(changeHidden(`eyJh.${coded('{"mail":"ann"} and more')}.x`, hide)).toContain(coded('{"mail":"p"} and more').replace(/=+$/, ''))
  const block = coded('dear ann '.repeat(20)).replace(/.{76}/g, '$&\r\n> ')
  const changed = changeHidden(`> one\r\n> ${block}\r\nx`, hide)
  expect(changed).toBe(`> one\r\n> ${coded('dear p '.repeat(20)).replace(/.{76}/g, '$&\r\n> ')}\r\nx`)
}) // prettier-ignore

test('base64 that is no text is left out in words; a signature is not', () => {
  const octets = toBase64(Uint8Array.from({ length: 120 }, (_, n) => n * 7)).replace(/.{60}/g, '$&\n')
  expect(changeHidden(`a\n${octets}\nb!`, hide)).toBe('a\n(left out: 3 lines of base64)\nb!')
  const field = `DKIM-Signature: v=1; b=\n ${octets.trim().replaceAll('\n', '\n ')}`
  expect(changeHidden(field, hide, { field: true, signature: true })).toBe(field)
  expect(changeHidden(`data:image/png;base64,${'iVBORw0KGgo'.repeat(30)}`, hide)).toBe(
    'data:image/png;base64,left-out-base64',
  )
})

test('words beside the content: encoded words and percent escapes', () => {
  expect(changeText('=?utf-8?q?ann?= %61nn', hide)).toBe('=?utf-8?B?cA==?= p')
})

const hideAddress = (text: string): string => text.replaceAll('ann@corp.com', 'p@d.example')
const hex = (text: string): string => Buffer.from(text).toString('hex')
test('certificates and dumps in a remark are left out, and text in hexadecimal is changed', () => {
  const pem = toBase64(Uint8Array.from({ length: 96 }, (_, n) => (n * 37) % 256))
  expect(changeText(`BEGIN\n${pem.slice(0, 64)}\n${pem.slice(64)}\n-----END`, hideAddress)).toBe(
    'BEGIN\n(left out: 2 lines of base64)\n-----END',
  )
  expect(changeText(`a\n${pem.slice(0, 64)}\nb`, hideAddress)).toBe('a\n(left out: a line of base64)\nb')
  expect(changeText('0010 - 6d 78 2e 63 6f 72 70 2e-63 6f 6d  mx.corp.com\nx', hideAddress)).toBe(
    '(left out: octets)\nx',
  )
  expect(changeText(`x=${hex('ann@corp.com')}`, hideAddress)).toBe(`x=${hex('p@d.example')}`)
  expect(changeText('5e884898da28047151d0e56f8dc62927', hideAddress)).toBe('5e884898da28047151d0e56f8dc62927')
})
