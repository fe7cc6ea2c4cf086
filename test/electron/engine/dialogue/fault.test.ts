import { expect, test } from 'vitest'
import { breakFault, connectFault, endMessage, errorCode, handshakeFault } from '#engine/dialogue/fault.ts'

const error = (code: string) => Object.assign(new Error('x'), { code })
const none = new Uint8Array()

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNRESET', 'reset'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['EMFILE', 'failed'],
  ['ESOMETHING', 'failed'],
])('%s is %s', (code, outcome) => {
  expect(connectFault(error(code))).toMatchObject({ outcome, fault: { code } })
})

test('an error without a code is unknown', () => {
  expect(errorCode(new Error('x'))).toBe('UNKNOWN')
  expect(errorCode(null)).toBe('UNKNOWN')
  expect(errorCode({ code: 5 })).toBe('UNKNOWN')
})

test('how an open connection broke; an alert after the handshake is named', () => {
  expect(breakFault(error('ECONNRESET')).how).toBe('reset')
  expect(breakFault(error('EPIPE')).how).toBe('reset')
  expect(breakFault(error('ETIMEDOUT')).how).toBe('failed')
  expect(breakFault(error('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'))).toMatchObject({
    how: 'failed',
    fault: { code: 'alert-certificate_required' },
  })
  expect(breakFault(error('ERR_SSL_TLSV13_ALERT_BOGUS')).fault.code).toBe('ERR_SSL_TLSV13_ALERT_BOGUS')
})

test('an end is a sentence', () => {
  expect(endMessage('closed', undefined)).toBe('The server closed the connection.')
  expect(endMessage('reset', undefined)).toBe('The connection was reset.')
  expect(endMessage('failed', { code: 'X', message: 'no route' })).toBe('The connection failed (no route).')
})

test('the octets of the answer are believed before the library', () => {
  const wrong = { error: error('ERR_SSL_WRONG_VERSION_NUMBER') }
  const said = new TextEncoder().encode('220 mx\r\n')
  expect(handshakeFault({ cause: wrong, answer: said }).code).toBe('plain-answer')
  const alert = new Uint8Array([21, 3, 3, 0, 2, 2, 70])
  expect(handshakeFault({ cause: 'closed', answer: alert }).code).toBe('alert-protocol_version')
  expect(handshakeFault({ cause: 'timeout', answer: said }).code).toBe('plain-answer')
})

const of = (cause: Parameters<typeof handshakeFault>[0]['cause']) =>
  handshakeFault({ cause, answer: none }).code

test('what else ends a handshake', () => {
  expect(of('closed')).toBe('closed')
  expect(of('timeout')).toBe('timeout')
  expect(of('cancelled')).toBe('cancelled')
  expect(of({ error: error('ECONNRESET') })).toBe('reset')
  expect(of({ error: error('ERR_SSL_UNSUPPORTED_PROTOCOL') })).toBe('no-common-version')
  expect(of({ error: error('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE') })).toBe('alert-handshake_failure')
  expect(of({ error: error('ERR_SSL_ODD') })).toBe('protocol')
})
