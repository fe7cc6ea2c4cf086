import { expect, it } from 'vitest'
import { PartScanner } from '#engine/store/partScanner.ts'
import { octets } from './support.ts'

function count(pieces: Iterable<string>): number {
  const scanner = new PartScanner()
  for (const piece of pieces) scanner.push(octets(piece))
  return scanner.end()
}
const mixed = (parts: string[], boundary = 'b1') =>
  `Content-Type: multipart/mixed;\r\n\tboundary="${boundary}"\r\n\r\npreamble\r\n${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\nepilogue\r\n`
const text = 'Content-Type: text/plain\r\n\r\nhello -- not a boundary\r\n--b2 neither'
const file =
  'Content-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: attachment;\r\n filename="a.pdf"\r\n\r\nJVBERi0='
const inline = 'Content-Type: image/png; name=x.png\r\nContent-Disposition: inline\r\n\r\nxx'

it.each<[string, string, number]>([
  ['a plain message', 'Subject: x\r\n\r\nbody\r\n--b1\r\nContent-Disposition: attachment\r\n\r\n', 0],
  ['text and a file', mixed([text, file]), 1],
  ['three files', mixed([file, inline, file]), 3],
  ['a message inside', mixed([text, 'Content-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\nz']), 1],
  ['a nested multipart', mixed([mixed([text, file], 'b1x'), file]), 2],
  ['a part without header', mixed(['\r\njust text', file]), 1],
  ['a file alone', 'Content-Disposition: attachment; filename=x\r\n\r\nx', 1],
  ['bare line feeds', mixed([text, file]).replaceAll('\r\n', '\n'), 1],
  ['no closing delimiter', mixed([text, file]).replace(/--b1--[^]*/, ''), 1],
  ['an unquoted boundary', mixed([file]).replace('"b1"', 'b1; charset=x'), 1],
  ['a boundary in pieces', mixed([file]).replace('boundary="b1"', 'boundary*0=b; boundary*1=1'), 1],
  ['a boundary in a comment', mixed([file]).replace('boundary=', '(;boundary=no) boundary='), 1],
  ['lines that begin like a delimiter', mixed([`\r\n--b1x\r\n${file}\r\n--b1--x`, file]), 1],
  ['no boundary', mixed([file]).replace('boundary', 'nothing'), 0],
  ['nothing', '', 0],
])('counts %s, whole and octet by octet', (_name, message, attachments) => {
  expect(count([message])).toBe(attachments)
  expect(count(message)).toBe(attachments)
}) // prettier-ignore

it('stops counting, and stops reading what cannot matter', () => {
  expect(count([mixed(Array.from({ length: 5000 }, () => file))])).toBe(1000)
  const scanner = new PartScanner()
  scanner.push(octets('Subject: x\r\n\r\nbody'))
  expect(scanner.done).toBe(true)
})

it('gives an endless header up', () => {
  expect(count(Array.from({ length: 100 }, () => 'X: '.padEnd(1000, 'x')))).toBe(0)
})
