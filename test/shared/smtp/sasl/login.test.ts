import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import { loginClient, loginServer } from '#shared/smtp/sasl/login.ts'

const question = { kind: 'password', mechanism: 'LOGIN', user: 'joe', password: 'pässwörd' }

test('the client answers twice whatever the prompts say, and not a third time', () => {
  const client = loginClient({ user: 'joe', password: 'pässwörd' })
  expect(client.start()).toBeNull()
  expect(client.step(utf8('User Name\0'))).toEqual({
    type: 'respond',
    response: { bytes: utf8('joe'), secret: true },
  })
  expect(client.step(utf8(''))).toEqual({
    type: 'respond',
    response: { bytes: utf8('pässwörd'), secret: true },
  })
  expect(client.step(utf8('Password:'))).toMatchObject({ type: 'fail' })
})

test('the server asks for user name and password', () => {
  const server = loginServer()
  expect(server.start(null)).toEqual({ type: 'challenge', bytes: utf8('Username:') })
  expect(server.step(utf8('joe'))).toEqual({ type: 'challenge', bytes: utf8('Password:') })
  expect(server.step(utf8('pässwörd'))).toEqual({ type: 'identify', question })
})

test('the user name may come with AUTH', () => {
  const server = loginServer()
  expect(server.start(utf8('joe'))).toEqual({ type: 'challenge', bytes: utf8('Password:') })
  expect(server.step(utf8('pässwörd'))).toEqual({ type: 'identify', question })
})

test('empty answers, NUL and octets that are not UTF-8 are ill-formed', () => {
  expect(loginServer().step(utf8(''))).toMatchObject({
    type: 'fail',
    message: expect.stringContaining('user name'),
  })
  expect(loginServer().step(utf8('a\0b'))).toMatchObject({ type: 'fail' })
  const server = loginServer()
  server.start(utf8('joe'))
  expect(server.step(Uint8Array.of(0xff))).toMatchObject({
    type: 'fail',
    message: expect.stringContaining('password'),
  })
})

test('a NUL cannot be carried', () => {
  expect(() => loginClient({ user: 'a', password: 'b\0' })).toThrow(RangeError)
})
