import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import { plainClient, plainServer } from '#shared/smtp/sasl/plain.ts'

// RFC 4616 §4: user "tim", password "tanstaaftanstaaf".
test('the response is that of RFC 4616', () => {
  const client = plainClient({ user: 'tim', password: 'tanstaaftanstaaf' })
  expect(client.name).toBe('PLAIN')
  expect(client.start()).toEqual({ bytes: utf8('\0tim\0tanstaaftanstaaf'), secret: true })
  expect(client.step(utf8('more'))).toMatchObject({ type: 'fail' })
})

test('a NUL in user or password would shift the fields', () => {
  expect(() => plainClient({ user: 'a\0b', password: 'c' })).toThrow(RangeError)
  expect(() => plainClient({ user: 'a', password: 'c\0d' })).toThrow(RangeError)
})

test('without an initial response the server asks with an empty challenge', () => {
  const server = plainServer()
  expect(server.start(null)).toEqual({ type: 'challenge', bytes: new Uint8Array(0) })
  const question = { kind: 'password', mechanism: 'PLAIN', user: 'tim', password: 'pässwörd' }
  expect(server.step(utf8('\0tim\0pässwörd'))).toEqual({ type: 'identify', question })
  expect(plainServer().start(utf8('tim\0tim\0pässwörd'))).toEqual({ type: 'identify', question })
})

test.each(['', '\0', '\0\0', '\0tim\0', '\0\0pw', 'tim\0pw', '\0a\0b\0c'])('%j is ill-formed', (response) => {
  expect(plainServer().start(utf8(response))).toMatchObject({
    type: 'fail',
    message: expect.stringContaining('authzid'),
  })
})

test('octets that are not UTF-8 are ill-formed', () => {
  expect(plainServer().step(Uint8Array.of(0, 97, 0, 0xff))).toMatchObject({ type: 'fail' })
})

test('nobody acts for somebody else, and the message holds no secret', () => {
  const step = plainServer().step(utf8('admin\0tim\0s3cret'))
  expect(step).toMatchObject({ type: 'fail', message: expect.stringContaining('authorization identity') })
  expect(JSON.stringify(step)).not.toContain('s3cret')
})
