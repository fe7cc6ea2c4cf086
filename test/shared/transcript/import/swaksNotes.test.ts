import { expect, it } from 'vitest'
import { read, short } from './read.ts'

const told = (...lines: string[]) => short(read(['=== Trying 127.0.0.1:25...', ...lines].join('\n')).sessions[0]!).filter((line) => !line.startsWith('|')) // prettier-ignore

it.each([
  ['connect: Connection refused', 'connect 127.0.0.1:25 refused', 'end refused by network'],
  ['connect: timeout: Connection timed out', 'connect 127.0.0.1:25 timeout', 'end timeout by network'],
  ['connect: No route to host', 'connect 127.0.0.1:25 unreachable', 'end failed by network'],
  ["Bad hostname 'nosuch.invalid'", 'resolve', 'end failed by this-computer'],
])('tells why no connection was made: %s', (why, ...events) => {
  expect(told('*** Error connecting to 127.0.0.1:25:', `*** \tIO::Socket::INET: ${why}`)).toEqual(events)
})

it('tells failed handshakes', () => {
  expect(told('*** TLS startup failed (connect(): error:0A00010B:SSL routines::wrong version number)')).toEqual(['tls failed plain-answer', 'end failed by this-computer']) // prettier-ignore
  expect(told('*** TLS startup failed (connect(): error:0A000086:SSL routines::certificate verify failed)')[0]).toBe('tls failed not-verified') // prettier-ignore
})

it('reads whether the certificate was trusted; a subject alone is no chain', () => {
  const { events } = read(`=== Trying 127.0.0.1:25...
=== Connected to 127.0.0.1.
=== TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384:256
=== TLS peer[0]   subject=[/CN=mx.example]
===               commonName=[mx.example], subjectAltName=[DNS:mx.example, DNS:a] notAfter=[2027-01-01T00:00:00Z]
=== TLS peer certificate failed CA verification (self signed certificate)
<~  220 hi
`).sessions[0]!
  const tls = events.find(({ kind }) => kind === 'tls')
  expect(tls).toMatchObject({ verified: false, problem: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
  expect(tls).not.toHaveProperty('chain')
})

it('tells who left', () => {
  expect(told('<-  220 hi', '*** Remote host closed connection unexpectedly.').at(-1)).toBe('end closed by server') // prettier-ignore
  expect(told('<-  220 hi', ' -> MAIL FROM:<a@b>', '=== Dropping connection').at(-1)).toBe('end dropped by client') // prettier-ignore
})
