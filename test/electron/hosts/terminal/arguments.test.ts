import { describe, expect, test } from 'vitest'
import {
  parseCredentials,
  parseKept,
  parseListen,
  parseMilliseconds,
  parseNumber,
  parsePort,
  parsePorts,
  parseTo,
} from '../../../../electron/hosts/terminal/arguments.ts'

describe('ports', () => {
  test('a list, each with or without its mode', () => {
    expect(parsePorts('25,465:implicit, 587:starttls')).toEqual([
      { port: 25 },
      { port: 465, mode: 'implicit' },
      { port: 587, mode: 'starttls' },
    ])
  })

  test.each(['70000', '0', '-1', '25x', '', '1e3'])(
    '"%s" is refused by name with what would be right',
    (text) => {
      expect(() => parsePorts(text)).toThrow(`"${text}" is not a port: write a number from 1 to 65535.`)
    },
  )

  test('an unknown mode is named', () => {
    expect(() => parsePorts('25:ssl')).toThrow('"ssl" is not one of plain, starttls, implicit, auto.')
  })

  test('the mode may be left to be found out', () => {
    expect(parsePorts('2500:auto')).toEqual([{ port: 2500, mode: 'auto' }])
    expect(() => parseListen('127.0.0.1:25:auto')).toThrow(
      'is not one of plain, starttls, starttls-required, implicit.',
    )
  })

  test('zero is a port only where the system may choose', () => expect(parsePort('0', 0)).toBe(0))
})

describe('listeners', () => {
  test.each([
    ['127.0.0.1:2525', { address: '127.0.0.1', port: 2525, tls: 'starttls' }],
    ['127.0.0.1:2465:implicit', { address: '127.0.0.1', port: 2465, tls: 'implicit' }],
    ['[::1]:0:plain', { address: '::1', port: 0, tls: 'plain' }],
    ['localhost:2525', { address: 'localhost', port: 2525, tls: 'starttls' }],
  ])('%s', (text, expected) => expect(parseListen(text)).toEqual(expected))

  test.each(['2525', '::1:2525', '127.0.0.1', ''])('"%s" is refused', (text) => {
    expect(() => parseListen(text)).toThrow(`"${text}" is not ADDRESS:PORT`)
  })
})

test('a listener stands on an address, not on a name', () => {
  expect(() => parseListen('mail.test:2525')).toThrow(
    '"mail.test:2525": "mail.test" is not an IP address, such as 127.0.0.1 or [::1].',
  )
})

describe('credentials', () => {
  test('are cut at the first colon', () => {
    expect(parseCredentials('user:pass:word ')).toEqual({ user: 'user', password: 'pass:word ' })
  })

  test.each(['secretvalue', ':secretvalue'])('without a user are refused without being repeated', (text) => {
    expect(() => parseCredentials(text)).toThrow('expected USER:PASSWORD')
    expect(() => parseCredentials(text)).not.toThrow('secretvalue')
  })
})

test('milliseconds are whole and above zero', () => {
  expect(parseMilliseconds('1500')).toBe(1500)
  expect(() => parseMilliseconds('1.5')).toThrow('"1.5" is not a number of milliseconds')
  expect(() => parseMilliseconds('0')).toThrow()
})

test('what redaction keeps, and numbers from 1', () => {
  expect(parseKept('names, bodies')).toEqual(['names', 'bodies'])
  expect(() => parseKept('names,hosts')).toThrow('"hosts" is not one of addresses, names, bodies.')
  expect(parseNumber('12')).toBe(12)
  expect(() => parseNumber('0')).toThrow('"0" is not a number from 1.')
})

test('HOST:PORT, also with an IPv6 address in brackets', () => {
  expect(parseTo('smtp.example.com:587')).toEqual({ host: 'smtp.example.com', port: 587 })
  expect(parseTo('[::1]:25')).toEqual({ host: '::1', port: 25 })
  for (const text of ['smtp.example.com', 'a:b', '::1:25'])
    expect(() => parseTo(text)).toThrow('is not HOST:PORT')
})
