import { expect, test } from 'vitest'
import { opensslFormat } from '#shared/transcript/export/commands/openssl.ts'
import { recordedOf, sample, sampleBodies } from '../sample.ts'

const textOf = (recorded: typeof sample): string => Array.from(opensslFormat.write(recorded, 'test')).join('')

test('every line after the handshake is typed, the password by the environment', () => {
  const text = textOf(sample)
  expect(text).not.toContain("printf 'STARTTLS")
  expect(text).toMatch(/'EHLO laptop7[^]*AUTH PLAIN %s[^]*MAIL FROM[^]*RCPT TO:<Ghost[^]*DATA[^]*\.\.Dear[^]*'\.\\r\\n'[^]*QUIT/)
  expect(text).toContain("-verify_return_error -verify_hostname 'mx.corp.com'")
  expect(text).not.toContain('*')
}) // prettier-ignore

test('without TLS nc takes its place, and QUIT is added where nobody said it', () => {
  const text = textOf(recordedOf(sampleBodies.slice(2, 5), { host: 'x.de' }))
  expect(text).toContain("| nc 'x.de' 587")
  expect(text).toContain('QUIT')
})
