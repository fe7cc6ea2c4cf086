import { expect, test } from 'vitest'
import { fromBase64, toBase64, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { oauthBearerClient, oauthBearerServer } from '#shared/smtp/sasl/oauthBearer.ts'

// RFC 7628 §4.1, with a smtp client's port as in §4.2's example of SMTP.
const user = 'user@example.com'
const token = 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=='
const example =
  'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9NTg3AWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB'

test('the first response is the one of the RFC, and the server reads it', () => {
  const client = oauthBearerClient({ user, password: token, host: 'server.example.com', port: 587 })
  expect(toBase64(client.start()!.bytes)).toBe(example)
  expect(oauthBearerServer().start(fromBase64(example))).toEqual({
    type: 'identify',
    question: { kind: 'token', mechanism: 'OAUTHBEARER', user, token },
  })
})

test('without a user, host and port', () => {
  const first = oauthBearerClient({ user: '', password: token }).start()!.bytes
  expect(toByteString(first)).toBe(`n,,\x01auth=Bearer ${token}\x01\x01`)
  expect(oauthBearerServer().step(first)).toMatchObject({ question: { user: '', token } })
})

test('a refusal in a challenge is answered with one octet 1 (§3.2.3), once, and told', () => {
  const client = oauthBearerClient({ user, password: token })
  client.start()
  expect(client.step(oauthBearerServer().refusal!())).toEqual({
    type: 'respond',
    response: { bytes: Uint8Array.of(1), secret: false },
  })
  expect(client.refusal!()).toBe('the server said status invalid_token')
  expect(client.step(utf8('{}'))).toMatchObject({ type: 'fail' })
})

test.each(['', 'n,,', `n,,\x01auth=Bearer ${token}\x01`, 'n,a==,\x01auth=Bearer x\x01\x01', `x,,\x01auth=Bearer ${token}\x01\x01`])(
  '%j is ill-formed',
  (text) => expect(oauthBearerServer().step(utf8(text))).toMatchObject({ type: 'fail' }),
) // prettier-ignore
