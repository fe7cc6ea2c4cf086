import { assert, constantFrom, property, record, string, boolean } from 'fast-check'
import { expect, test } from 'vitest'
import { type Hop, receivedField } from '#engine/relay/intakeReceived.ts'

const hop: Hop = {
  hello: { verb: 'EHLO', name: 'client.test' },
  client: '192.0.2.7',
  name: 'mx.relay.test',
  sealed: false,
  signedIn: false,
  utf8: false,
  id: '01ABC.1',
  at: new Date('2026-03-01T12:00:00Z'),
}
const firstLine = (change: Partial<Hop>) => receivedField({ ...hop, ...change }).split('\r\n')[0]
const withClause = (change: Partial<Hop>) => / with (\S+)/.exec(receivedField({ ...hop, ...change }))?.[1]

test('it says who came from where, by what, and when', () => {
  expect(receivedField({ ...hop, sealed: true, tls: 'TLSv1.3', signedIn: true, recipient: 'ann@gannet.example' })).toBe(
    'Received: from client.test ([192.0.2.7])\r\n by mx.relay.test with ESMTPSA (TLSv1.3)\r\n id 01ABC.1\r\n for <ann@gannet.example>;\r\n Sun, 01 Mar 2026 12:00:00 +0000\r\n',
  )
}) // prettier-ignore

test('the protocol is named as RFC 3848 and RFC 6531 register it', () => {
  const helo = { verb: 'HELO', name: 'c.test' } as const
  expect([{}, { sealed: true }, { signedIn: true }, { sealed: true, signedIn: true }].map(withClause)).toEqual(['ESMTP', 'ESMTPS', 'ESMTPA', 'ESMTPSA']) // prettier-ignore
  expect([{ utf8: true }, { utf8: true, sealed: true, signedIn: true }].map(withClause)).toEqual(['UTF8SMTP', 'UTF8SMTPSA']) // prettier-ignore
  expect([{ hello: helo }, { hello: null }].map(withClause)).toEqual(['SMTP', 'SMTP'])
})

test('an address literal is said as one; a name that is none stands in a comment and cannot end it', () => {
  expect(firstLine({ client: '2001:db8::7', hello: { verb: 'EHLO', name: '[IPv6:2001:db8::7]' } })).toBe('Received: from [IPv6:2001:db8::7] ([IPv6:2001:db8::7])') // prettier-ignore
  expect(firstLine({ client: 'fe80::1%eth0' })).toBe('Received: from client.test ([IPv6:fe80::1])')
  expect(firstLine({ hello: { verb: 'EHLO', name: 'my laptop) by evil.test (' } })).toBe('Received: from [192.0.2.7] (HELO my?laptop??by?evil.test?? [192.0.2.7])') // prettier-ignore
  expect(firstLine({ hello: { verb: 'EHLO', name: '[x:a(b]' } })).toMatch(/^Received: from \[192/)
  expect(firstLine({ hello: { verb: 'EHLO', name: 'bücher.example' } })).toMatch(
    /from xn--bcher-kva\.example /,
  )
  expect(firstLine({ hello: null })).toBe('Received: from [192.0.2.7] ([192.0.2.7])')
})

test('an address outside ASCII is told only where the transaction said SMTPUTF8', () => {
  expect(receivedField({ ...hop, recipient: 'jö@gannet.example' })).not.toMatch(/ for /)
  expect(receivedField({ ...hop, utf8: true, recipient: 'jö@gannet.example' })).toMatch(/ for <jö@gannet\.example>;/) // prettier-ignore
  expect(receivedField({ ...hop, recipient: 'a\r\nBcc: x@y.test' })).not.toMatch(/Bcc/)
})

test('whatever a client calls itself, the field has its shape, short lines and nothing outside ASCII', () => {
  const name = string({ unit: 'binary', minLength: 1, maxLength: 255 })
  assert(
    property(record({ name, verb: constantFrom('EHLO' as const, 'HELO' as const) }), boolean(), (hello, sealed) => {
      const field = receivedField({ ...hop, hello, sealed, tls: 'TLSv1.2' })
      expect(field).toMatch(/^Received: from [!-~]+ \((?:HELO [!-'*-~]{1,60} )?\[192\.0\.2\.7\]\)\r\n by mx\.relay\.test with E?SMTPS?(?: \(TLSv1\.2\))?\r\n id 01ABC\.1;\r\n Sun, 01 Mar 2026 12:00:00 \+0000\r\n$/)
      expect(Math.max(...field.split('\r\n').map((line) => line.length))).toBeLessThan(998)
    }),
    { numRuns: 2000 },
  )
}) // prettier-ignore
