import { expect, test } from 'vitest'
import { ClientCore } from '#shared/smtp/machine/client/core.ts'
import { nextStep } from '#shared/smtp/machine/client/next.ts'
import type { ClientOptions } from '#shared/smtp/machine/options.ts'
import { auth, clientOptions, tls, transaction } from '#test/support/smtp/pump.ts'

/** After EHLO with these capabilities. */
function ready(change: Partial<ClientOptions>, ...keywords: string[]): ClientCore {
  const core = new ClientCore(clientOptions(change))
  for (const on of ['opened', 'greeted', 'hello']) core.move(on)
  core.hello = 'accepted'
  core.capabilities = keywords.map((line) => {
    const [keyword = '', ...parameters] = line.split(' ')
    return { keyword, parameters }
  })
  return core
}

test('STARTTLS is required, used when offered, or left', () => {
  expect(nextStep(ready({ tls: 'starttls' }, 'STARTTLS'))).toEqual({ do: { name: 'starttls' } })
  expect(nextStep(ready({ tls: 'starttls' }))).toMatchObject({ refuse: 'starttls-not-offered', by: 'server' })
  expect(nextStep(ready({ tls: 'starttls' }, 'XXXXXXXA'))).toMatchObject({
    refuse: 'starttls-stripped',
    by: 'network',
  })
  expect(nextStep(ready({ tls: 'opportunistic' }, 'STARTTLS'))).toEqual({ do: { name: 'starttls' } })
  expect(nextStep(ready({ tls: 'opportunistic' }))).toEqual({ do: { name: 'mail' } })
  expect(nextStep(ready({ tls: 'none' }, 'STARTTLS'))).toEqual({ do: { name: 'mail' } })
})

test('a skipped EHLO leaves the offer unknown: required STARTTLS is tried', () => {
  const core = ready({ tls: 'starttls' })
  core.hello = 'skipped'
  expect(nextStep(core)).toEqual({ do: { name: 'starttls' } })
})

test('AUTH: offered, protected, with a common mechanism', () => {
  const guarded = { auth: auth('cram-md5', false) }
  expect(nextStep(ready(guarded))).toMatchObject({ refuse: 'auth-not-offered' })
  expect(nextStep(ready(guarded, 'STARTTLS'))).toMatchObject({ refuse: 'auth-only-after-tls' })
  expect(nextStep(ready(guarded, 'AUTH CRAM-MD5'))).toMatchObject({ refuse: 'auth-needs-tls' })
  const core = ready(guarded, 'AUTH PLAIN')
  core.secured = tls
  expect(nextStep(core)).toMatchObject({ refuse: 'auth-no-common-mechanism' })
  core.capabilities = [{ keyword: 'AUTH', parameters: ['CRAM-MD5'] }]
  expect(nextStep(core)).toEqual({ do: { name: 'auth' } })
})

test.each([
  ['plain', { secret: 'password' }, /give consent to send the password/],
  ['xoauth2', { secret: 'token' }, /give consent to send the token/],
  ['external', { password: '', certificate: true }, /give consent to say who signs in/],
] as const)('what is withheld from an open connection is named: %s', (mechanism, given, next) => {
  const guarded = { auth: { ...auth(mechanism, false), ...given } }
  const step = nextStep(ready(guarded, `AUTH ${mechanism.toUpperCase()}`))
  expect(step).toMatchObject({ refuse: 'auth-needs-tls', change: { next: expect.stringMatching(next) } })
})

const waitFor = (core: ClientCore, verb: string) =>
  core.expected.push({ verb, phase: 'mail', ms: 1, timer: 'reply', recipient: -1, own: true })

const mailed = (change: Partial<ClientOptions>, ...offer: string[]) => {
  const core = ready(change, ...offer)
  core.mailIssued = true
  waitFor(core, 'MAIL')
  return core
}

test('PIPELINING: only when offered and wanted, and never after an edit', () => {
  expect(nextStep(mailed({}, 'PIPELINING'))).toEqual({ do: { name: 'rcpt', index: 0 } })
  expect(nextStep(mailed({}))).toEqual({ wait: true })
  expect(nextStep(mailed({ pipelining: false }, 'PIPELINING'))).toEqual({ wait: true })
  const careful = mailed({}, 'PIPELINING')
  careful.careful = true
  expect(nextStep(careful)).toEqual({ wait: true })
  const full = mailed(
    { transaction: transaction(Array.from({ length: 99 }, () => 'a@b.example')) },
    'PIPELINING',
  )
  for (let i = 0; i < 49; i++) waitFor(full, 'RCPT')
  expect(nextStep(full)).toEqual({ wait: true })
})

test('every recipient refused: no DATA', () => {
  const core = ready({})
  core.mailIssued = true
  core.rcptIssued = 1
  core.rcptRefused = 1
  expect(nextStep(core)).toEqual({ unwanted: true })
})

test('an ending says QUIT once nothing is expected', () => {
  const core = ready({})
  core.fail('refused', 'server', 'no')
  waitFor(core, 'MAIL')
  expect(nextStep(core)).toEqual({ wait: true })
  core.expected.length = 0
  expect(nextStep(core)).toEqual({ do: { name: 'quit' } })
})

test('REQUIRETLS needs verified TLS and the offer; else nothing is said of the message (RFC 8689 §4.2.1)', () => {
  const wish = { transaction: transaction(undefined, { extensions: { requireTls: true } }) }
  const core = ready(wish, 'REQUIRETLS')
  expect(nextStep(core)).toMatchObject({
    refuse: 'extension-missing',
    by: 'this-computer',
    message: expect.stringContaining('TLS'),
  })
  core.secured = { ...tls, verified: false }
  expect(nextStep(core)).toMatchObject({
    refuse: 'extension-missing',
    message: expect.stringContaining('not verified'),
  })
  core.secured = tls
  expect(nextStep(core)).toEqual({ do: { name: 'mail' } })
  core.capabilities = []
  expect(nextStep(core)).toMatchObject({
    refuse: 'extension-missing',
    by: 'server',
    change: { severity: 'error' },
  })
})

const big = (change: object) => ({ transaction: transaction(undefined, { size: 100, ...change }) })

test('a size that is declared otherwise, and SMTPUTF8 that is left out, are tried', () => {
  expect(nextStep(ready(big({}), 'SIZE 50'))).toMatchObject({ refuse: 'size-exceeded' })
  expect(nextStep(ready(big({ extensions: { size: 10 } }), 'SIZE 50'))).toEqual({ do: { name: 'mail' } })
  expect(nextStep(ready(big({ extensions: { size: 'off' } }), 'SIZE 50'))).toEqual({ do: { name: 'mail' } })
  expect(nextStep(ready(big({ utf8: true })))).toMatchObject({ refuse: 'utf8-not-supported' })
  for (const smtputf8 of ['on', 'off'] as const)
    expect(nextStep(ready(big({ utf8: true, extensions: { smtputf8 } })))).toEqual({ do: { name: 'mail' } })
})

test('a stop after the n-th recipient names no more', () => {
  const stop = { transaction: transaction(['a@x.example', 'b@x.example']), stopAfter: 'rcpt', stopAt: { recipient: 1 } } as const // prettier-ignore
  const core = ready(stop)
  core.mailIssued = true
  expect(nextStep(core)).toEqual({ do: { name: 'rcpt', index: 0 } })
  core.rcptIssued = 1
  expect(nextStep(core)).toEqual({ stop: 'rcpt' })
})
