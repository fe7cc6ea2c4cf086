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

test('the dot that ends the content is typed once, also where it was recorded as a line of its own', () => {
  const body = sampleBodies.findIndex((one) => one.kind === 'chunk' && one.last)
  const dot = { kind: 'line', direction: 'to-server', phase: 'body', raw: '.\r\n' } as const
  const lone = sampleBodies.filter((one) => !(one.kind === 'line' && one.raw === '.\r\n'))
  const text = textOf(
    recordedOf([...lone.slice(0, body + 1), dot, ...lone.slice(body + 1)], { host: 'x.de' }),
  )
  expect(text.match(/^printf '\.\\r\\n'$/gm)).toHaveLength(1)
})

test('an address is checked as one, and is no name for SNI', () => {
  for (const host of ['192.0.2.1', '2001:db8::1']) {
    const events = sampleBodies.map((body) => (body.kind === 'tls' ? { ...body, sni: undefined } : body))
    const text = textOf(recordedOf(events, { host }))
    expect(text).toContain(`-verify_ip '${host}'`)
    expect(text).toContain('-noservername')
    expect(text).not.toMatch(/-servername|-verify_hostname/)
  }
})

const signedIn = (mechanism: string) =>
  sampleBodies.map((body) =>
    body.kind === 'line' ? { ...body, raw: body.raw.replace(/^AUTH PLAIN/, `AUTH ${mechanism}`) } : body,
  )

const clear = (mechanism: string) =>
  textOf(recordedOf(signedIn(mechanism).filter(({ kind, ...body }) => kind !== 'tls' && !('raw' in body && body.raw === 'STARTTLS\r\n')), { host: 'x.de' })) // prettier-ignore

test('a mechanism that hides the password is left out where PLAIN would show it', () => {
  for (const mechanism of ['CRAM-MD5', 'SCRAM-SHA-256']) {
    expect(clear(mechanism)).toContain(`Signing in by ${mechanism} is left out`)
    expect(clear(mechanism)).not.toMatch(/AUTH|SMTP_PASSWORD/)
    // Inside TLS with a server that is checked the password is read by that server alone.
    const sealed = textOf(recordedOf(signedIn(mechanism), { host: 'x.de' }))
    expect(sealed).toContain('AUTH PLAIN takes the place')
    expect(sealed).toContain('SMTP_PASSWORD')
  }
  expect(clear('PLAIN')).toContain('AUTH PLAIN %s')
})

test('content of which a part is missing is not typed as if it were whole', () => {
  const chunk = sampleBodies.findIndex((one) => one.kind === 'chunk')
  const cut = (raw: string | undefined, more: object = {}) =>
    textOf(recordedOf(sampleBodies.map((one, at) => (at === chunk ? { ...one, raw, ...more } : one)) as typeof sampleBodies)) // prettier-ignore
  expect(cut('From: Alice')).toContain('The content is not in the transcript.')
  expect(cut('From: Alice')).not.toContain('From: Alice')
  // What BDAT announced must come (RFC 3030 §2).
  expect(cut('abc', { encoding: 'bdat', size: 9 })).toContain('head -c 9 /dev/zero')
})
