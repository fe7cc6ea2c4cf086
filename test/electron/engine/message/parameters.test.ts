import { expect, it } from 'vitest'
import { boundaryIn, endsDelimiter, named, parametersOf } from '#engine/message/parameters.ts'

it.each([
  ['boundary=a=b', 'a=b'],
  ['boundary = "a=b"; charset=x', 'a=b'],
  ['boundary="a\\"b"', 'a"b'],
  ['boundary="b', 'b'],
  ['boundary="b "', 'b '],
  ['x=";boundary=no"; boundary=b', 'b'],
  ['(c;boundary=no) boundary=b', 'b'],
  ['boundary=b (;boundary=no)', 'b'],
  ['boundary=b; boundary=no', 'b'],
  ['boundary*0="a\'b\'"; boundary*1=c%20', "a'b'c%20"],
  ["boundary*=us-ascii''a%3Db", 'a=b'],
  ['boundary="=?b?q?x?="', '=?b?q?x?='],
  [`boundary=${'b'.repeat(201)}`, ''],
  ['boundary', ''],
])('reads the boundary in %s', (text, boundary) => {
  expect(boundaryIn(parametersOf(`multipart/mixed; ${text}`))).toBe(boundary)
})

it.each([
  ['name=report(1).pdf', 'report(1).pdf'],
  ['name="=?utf-8?q?na=C3=AFve?="', 'naïve'],
  ["name*0*=utf-8''%C3; name*1*=%AF%; name*2=x", '%C3%AF%x'],
  ["name*0*=utf-8''%C3; name*1*=%AF; name*2=100%25", 'ï100%25'],
])('reads the name in %s', (text, name) => {
  expect(named(parametersOf(`text/plain; ${text}`), 'name')).toBe(name)
})

it('tells a delimiter from a line that begins like one', () => {
  expect(['', '--', ' \t\r\n', '--\r\nx', '\nx'].map(endsDelimiter)).toEqual([true, true, true, true, true])
  expect(['x', '--x', ' foo', '-', '---'].map(endsDelimiter)).toEqual([false, false, false, false, false])
})
