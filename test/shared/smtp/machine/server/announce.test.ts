import { expect, test } from 'vitest'
import { serverLimits } from '#shared/smtp/machine/options.ts'
import { announcement, authOpen, parameterKeywords } from '#shared/smtp/machine/server/announce.ts'
import { serverOptions } from '#test/support/smtp/pump.ts'

const limits = { ...serverLimits, messageSize: 1000, recipients: 10, transactions: 5 }

test('only what is set is announced; STARTTLS and AUTH follow from the state', () => {
  const options = serverOptions({ tls: 'offered', extensions: ['SIZE', 'LIMITS'] })
  expect(announcement(options, limits, false).text).toEqual([
    'server.example', 'SIZE 1000', 'LIMITS MAILMAX=5 RCPTMAX=10', 'STARTTLS', 'AUTH PLAIN LOGIN CRAM-MD5',
  ]) // prettier-ignore
  expect(announcement(options, limits, true).text).not.toContain('STARTTLS')
  expect(announcement(options, { ...limits, messageSize: 0 }, true).text).toContain('SIZE')
})

test('AUTH only after TLS is not announced in clear', () => {
  const auth = { mechanisms: ['plain' as const], policy: 'required' as const, onlyAfterTls: true }
  expect([authOpen(serverOptions({ auth }), false), authOpen(serverOptions({ auth }), true)]).toEqual([
    false,
    true,
  ])
  expect(authOpen(serverOptions({ auth: { ...auth, policy: 'off' } }), true)).toBe(false)
})

test('parameters follow from the extensions', () => {
  const { mail, rcpt } = parameterKeywords(serverOptions({ extensions: ['DSN'] }), false)
  expect([[...mail].toSorted(), [...rcpt].toSorted()]).toEqual([
    ['AUTH', 'ENVID', 'RET'],
    ['NOTIFY', 'ORCPT'],
  ])
})

test('the parameter AUTH is taken where AUTH is announced (RFC 4954 §5)', () => {
  const auth = { mechanisms: ['plain' as const], policy: 'optional' as const, onlyAfterTls: true }
  const taken = (secured: boolean) => parameterKeywords(serverOptions({ auth }), secured).mail.has('AUTH')
  expect([taken(false), taken(true)]).toEqual([false, true])
})

test('REQUIRETLS is announced and taken inside TLS only (RFC 8689 §2)', () => {
  const options = serverOptions({ extensions: ['REQUIRETLS'] })
  const seen = [false, true].map((secured) => [
    announcement(options, limits, secured).text.includes('REQUIRETLS'),
    parameterKeywords(options, secured).mail.has('REQUIRETLS'),
  ])
  expect(seen).toEqual([
    [false, false],
    [true, true],
  ])
})

test('a limit of more than six digits is not said (RFC 9422 §4)', () => {
  const options = serverOptions({ extensions: ['LIMITS'] })
  const said = (transactions: number, recipients: number) =>
    announcement(options, { ...limits, transactions, recipients }, true).text.find((line) =>
      line.startsWith('LIMITS'),
    )
  expect(said(1_000_000, 10)).toBe('LIMITS RCPTMAX=10')
  expect(said(999_999, 1_000_000)).toBe('LIMITS MAILMAX=999999')
  expect(said(1_000_000, 1_000_000)).toBeUndefined()
})
