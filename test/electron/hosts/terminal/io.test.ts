import { expect, test, vi } from 'vitest'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { json, jsonLine, onCancel, sayProblems, shown } from '../../../../electron/hosts/terminal/io.ts'

test('one line for each wrong field', () => {
  const io = keptIo()
  sayProblems(io, [
    { field: 'message.from', value: '', message: 'There is no address.' },
    { field: 'host', value: '', message: 'The host is empty.' },
  ])
  expect(io.said).toEqual(['--from: There is no address.', '<host>: The host is empty.'])
})

test('a value that a file gave moves no cursor and makes no second line', () => {
  const io = keptIo()
  sayProblems(io, [
    { field: 'listeners[0].certificate', value: '\u001b[2J\nok', message: 'is no certificate’s name' },
  ])
  expect(io.said).toEqual(['--certificate "\\x1b[2J\\nok": is no certificate’s name'])
})

test('what was cancelled before is stopped at once, later it is stopped once', () => {
  const io = keptIo()
  const stop = vi.fn()
  onCancel(io, stop)
  expect(stop).not.toHaveBeenCalled()
  io.interrupt()
  expect(stop).toHaveBeenCalledTimes(1)
  onCancel(io, stop)
  expect(stop).toHaveBeenCalledTimes(2)
})

test('a hostile peer moves no cursor, forges no line and turns no text around', () => {
  expect(shown('Grüße')).toBe('Grüße')
  expect(shown('a\u001b[2Jb\r\nc\nd\u009be\u202ef')).toBe('a\\x1b[2Jb\\r\\nc\\nd\\u{9b}e\\u{202e}f')
})

test('JSON stays the same value and holds nothing that a terminal obeys', () => {
  const value = { text: 'ü \u001b \u007f \u009b \u2028 \u202e \ufeff' }
  for (const text of [json(value), jsonLine(value)]) {
    expect(JSON.parse(text)).toEqual(value)
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(text).not.toMatch(/[\u001b\u007f-\u009f\u2028\u202e\ufeff]/)
  }
  expect(jsonLine(value).trimEnd()).not.toContain('\n')
  expect(json({ a: 1 })).toBe('{\n  "a": 1\n}\n')
})
