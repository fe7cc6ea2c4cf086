import { expect, test } from 'vitest'
import { codesOf, diagnose, hello, type Part } from '#test/support/diagnosis/script.ts'

const raw = (text: string): Part => ({ kind: 'line', direction: 'to-server', phase: 'body', raw: text })
const chunk = (text: string): Part => ({ kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: text.length, last: true, encoding: 'data', raw: text }) // prettier-ignore
const open = [...hello(), 'C: MAIL FROM:<>', 'S: 250 a', 'C: DATA', 'S: 354 go']
const found = (...parts: Part[]) => codesOf([...open, ...parts], { tls: 'none' })

test.each(['a\n.\nb', 'a\n.\r\nb', 'a\r.\rb', '\n.\r\nb'])(
  'the server answers in the middle of %j',
  (text) => {
    expect(found(raw(`${text}\r\n`), 'S: 250 kept')).toContain('smuggling-possible')
  },
)

test('the form alone is no fault of a server that waits for the true end', () => {
  expect(found(raw('a\n.\nb\r\n'), 'C: .', 'S: 250 kept')).toEqual(['accepted'])
})

test('what a client sent to us is looked at for itself', () => {
  const parts = [...open, chunk('a\n.\nMAIL FROM:<>\r\n'), 'S: 550 5.6.0 no']
  const [form] = diagnose(parts, { role: 'server' }).filter(({ code }) => code === 'smuggling-possible')
  expect(form).toMatchObject({ side: 'client', confidence: 'likely', evidence: [9] })
  expect(codesOf([...open, chunk('a\r\n.\r\nb\r\n'), 'S: 250 kept'], { role: 'server' })).toEqual([
    'accepted',
  ])
})

test('a form across two stretches', () => {
  expect(found(raw('a\n.'), raw('\nb\r\n'), 'S: 250 kept')).toContain('smuggling-possible')
  expect(found(raw('a\r\n.\r\n'.slice(0, -1)), 'S: 250 kept')).not.toContain('smuggling-possible')
})
