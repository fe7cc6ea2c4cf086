import { expect, test } from 'vitest'
import { fromBase64, toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { xoauth2Client, xoauth2Server } from '#shared/smtp/sasl/xoauth2.ts'

// The provider's own example (developers.google.com/workspace/gmail/imap/xoauth2-protocol).
const user = 'someuser@example.com'
const token = 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg'
const example =
  'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=='

test('the first response is the documented one, and the server reads it', () => {
  const client = xoauth2Client({ user, password: token })
  expect(toBase64(client.start()!.bytes)).toBe(example)
  expect(xoauth2Server().start(fromBase64(example))).toEqual({
    type: 'identify',
    question: { kind: 'token', mechanism: 'XOAUTH2', user, token },
  })
  expect(xoauth2Server().start(null)).toEqual({ type: 'challenge', bytes: new Uint8Array(0) })
})

test('a refusal in a challenge is answered with nothing, once, and told', () => {
  const client = xoauth2Client({ user, password: token })
  client.start()
  expect(client.refusal!()).toBeNull()
  expect(client.step(xoauth2Server().refusal!())).toEqual({
    type: 'respond',
    response: { bytes: new Uint8Array(0), secret: false },
  })
  expect(client.refusal!()).toBe('the server said status 400')
  expect(client.step(utf8(''))).toMatchObject({ type: 'fail' })
})

test.each([
  `user=${user}`,
  `user=${user}\x01auth=Bearer ${token}`,
  `user=\x01auth=Bearer ${token}\x01\x01`,
  `user=a\x01auth=Basic ${token}\x01\x01`,
  `user=a\x01auth=Bearer two words\x01\x01`,
])('%j is ill-formed', (text) => expect(xoauth2Server().step(utf8(text))).toMatchObject({ type: 'fail' }))

test('what cannot be carried is refused', () => {
  expect(() => xoauth2Client({ user: '', password: token })).toThrow(/user name is empty/)
  expect(() => xoauth2Client({ user, password: '' })).toThrow(/no token/)
  expect(() => xoauth2Client({ user, password: 'a\x01b' })).toThrow(/cannot carry/)
  expect(() => xoauth2Client({ user: 'a\x01b', password: token })).toThrow(/cannot carry/)
})
