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
