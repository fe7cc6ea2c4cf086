import { expect, test } from 'vitest'
import { nodemailerFormat } from '#shared/transcript/export/commands/nodemailer.ts'
import { recordedOf, sample, sampleBodies } from '../sample.ts'

const textOf = (recorded: typeof sample): string =>
  Array.from(nodemailerFormat.write(recorded, 'test')).join('')

test('a message with sign-in', () => {
  const text = textOf(sample)
  for (const part of ['host: "mx.corp.com"', 'requireTLS: true', 'name: "laptop7.corp.com"', 'authMethod: "PLAIN"', 'process.env.SMTP_PASSWORD', 'from: "alice@corp.com", to: ["joerg.bauer@kunde.de", "Ghost@Kunde.DE"]', 'J\\u00c3\\u00b6rg'])
    expect(text).toContain(part)
  expect(text).not.toContain('rejectUnauthorized')
}) // prettier-ignore

test('without a message it verifies', () =>
  expect(textOf(recordedOf(sampleBodies.slice(0, 4)))).toContain('transport.verify()'))

test('SCRAM is left to what the program knows, and said so', () => {
  const scram = sampleBodies.map((body) =>
    body.kind === 'line' ? { ...body, raw: body.raw.replace(/^AUTH PLAIN/, 'AUTH SCRAM-SHA-256') } : body,
  )
  const text = textOf(recordedOf(scram, { host: 'x.de' }))
  expect(text).toContain('may not know SCRAM-SHA-256')
  expect(text).toContain('auth: { user')
  expect(text).not.toMatch(/(?:AUTH=|authMethod: "|--auth '|client\.auth\(")/)
})
