import { expect, test } from 'vitest'
import { alertName, isAlertName, readFirstAnswer } from '#shared/tls/alert.ts'

const octets = (...values: number[]): Uint8Array => new Uint8Array(values)

test('alerts have their registered names, and unknown ones a number', () => {
  expect(alertName(40)).toBe('handshake_failure')
  expect(alertName(70)).toBe('protocol_version')
  expect(alertName(200)).toBe('alert_200')
  expect(isAlertName('unknown_ca')).toBe(true)
  expect(isAlertName('UNKNOWN_CA')).toBe(false)
})

test('the first answer is nothing, an alert, a handshake or no TLS', () => {
  expect(readFirstAnswer(octets())).toEqual({ kind: 'none' })
  expect(readFirstAnswer(octets(21, 3, 3, 0, 2, 2, 40))).toEqual({
    kind: 'alert',
    fatal: true,
    description: 40,
  })
  expect(readFirstAnswer(octets(21, 3, 3, 0, 2, 1, 112))).toMatchObject({ fatal: false, description: 112 })
  expect(readFirstAnswer(octets(22, 3, 3, 0, 90))).toEqual({ kind: 'handshake' })
  expect(readFirstAnswer(new TextEncoder().encode('220 mx ESMTP\r\n'))).toEqual({ kind: 'other' })
  expect(readFirstAnswer(octets(22, 77))).toEqual({ kind: 'other' })
})

test('every cut of an alert is read without an error', () => {
  const whole = octets(21, 3, 3, 0, 2, 2, 40)
  const kinds = Array.from(whole, (_, size) => readFirstAnswer(whole.subarray(0, size)).kind)
  expect(kinds[0]).toBe('none')
  expect(kinds).not.toContain('other')
})
