import { expect, test } from 'vitest'
import { splitPem, withoutKeys } from '#renderer/model/pem.ts'

const block = (name: string) => `-----BEGIN ${name}-----\nAAAA\n-----END ${name}-----`

test('certificates and keys are told apart, whatever stands between', () => {
  const text = `Bag Attributes\n${block('CERTIFICATE')}\n${block('EC PRIVATE KEY')}\n${block('CERTIFICATE')}`
  const { certificates, keys, rest } = splitPem(text)
  expect(certificates).toBe(`${block('CERTIFICATE')}\n${block('CERTIFICATE')}`)
  expect(keys).toBe(block('EC PRIVATE KEY'))
  expect(rest).toBe('Bag Attributes')
})
test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])('%s is a key', (name) => {
  expect(splitPem(block(name)).keys).toBe(block(name))
  expect(withoutKeys(`${block('CERTIFICATE')}\n${block(name)}`)).toBe(block('CERTIFICATE'))
})
test('what has no key is left as it was typed', () => {
  expect(withoutKeys(' -----BEGIN CERT ')).toBe(' -----BEGIN CERT ')
})
test('a text that is cut short, or of endless beginnings, is no block', () => {
  expect(splitPem('-----BEGIN CERTIFICATE-----\nAAAA')).toMatchObject({ certificates: '', keys: '' })
  expect(splitPem('-----BEGIN '.repeat(20_000)).certificates).toBe('')
})
