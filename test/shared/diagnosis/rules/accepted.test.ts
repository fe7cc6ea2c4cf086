import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const send = [
  'C: MAIL FROM:<a@x.example>',
  'S: 250 a',
  'C: RCPT TO:<b@x.example>',
  'S: 250 b',
  'C: DATA',
  'S: 354 c',
  'C: .',
]

test('one and two messages', () => {
  const once = [...hello(), ...send, 'S: 250 2.0.0 kept as 1']
  expect(diagnose(once, { tls: 'none' })).toMatchObject([{ code: 'accepted', evidence: [11, 12] }])
  const [twice] = diagnose([...once, ...send, 'S: 250 2.0.0 kept as 2'], { tls: 'none' })
  expect(twice!.message).toBe('The server accepted 2 messages, the last one: 250 2.0.0 kept as 2')
})

test('an end of data after every recipient was refused delivers nothing', () => {
  const none = [...send.slice(0, 3), 'S: 550 5.1.1 no such user', 'C: DATA', 'S: 354 c', 'C: .', 'S: 250 ok']
  expect(codesOf([...hello(), ...none], { tls: 'none' })).toEqual(['recipient-unknown'])
})
