import { expect, test } from 'vitest'
import { curlFormat } from '#shared/transcript/export/commands/curl.ts'
import { recordedOf, sample, sampleBodies } from '../sample.ts'

const textOf = (recorded: typeof sample): string => Array.from(curlFormat.write(recorded, 'test')).join('')

test('a message with sign-in', () => {
  const text = textOf(sample)
  for (const part of ["--url 'smtp://mx.corp.com:587/laptop7.corp.com'", '--ssl-reqd', '--user "$SMTP_USER:$SMTP_PASSWORD"', "--mail-from 'alice@corp.com'", "--mail-rcpt 'joerg.bauer@kunde.de'", '--upload-file -', "printf '.Dear J\\303\\266rg,\\r\\n'"])
    expect(text).toContain(part)
  expect(text).not.toContain('--insecure')
}) // prettier-ignore

test('without a message it says NOOP', () =>
  expect(textOf(recordedOf(sampleBodies.slice(0, 14), { host: '2a00::1' }))).toMatch(
    /smtp:\/\/mx\.corp\.com:587\/[^]*--connect-to 'mx\.corp\.com:587:\[2a00::1\]:587'[^]*--request NOOP/,
  ))

test('SCRAM is left to what the program knows, and said so', () => {
  const scram = sampleBodies.map((body) =>
    body.kind === 'line' ? { ...body, raw: body.raw.replace(/^AUTH PLAIN/, 'AUTH SCRAM-SHA-256') } : body,
  )
  const text = textOf(recordedOf(scram, { host: 'x.de' }))
  expect(text).toContain('may not know SCRAM-SHA-256')
  expect(text).toContain('--user "$SMTP_USER')
  expect(text).not.toMatch(/(?:AUTH=|authMethod: "|--auth '|client\.auth\(")/)
})
