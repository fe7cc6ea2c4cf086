import { expect, test } from 'vitest'
import { pythonFormat } from '#shared/transcript/export/commands/python.ts'
import { recordedOf, sample, sampleBodies } from '../sample.ts'

const textOf = (recorded: typeof sample): string => Array.from(pythonFormat.write(recorded, 'test')).join('')

test('a message with sign-in, parameters included', () => {
  const text = textOf(sample)
  for (const part of ['smtplib.SMTP("mx.corp.com", 587, local_hostname="laptop7.corp.com")', 'client.starttls(context=context)', 'client.auth("PLAIN", client.auth_plain)', 'client.mail("alice@corp.com", ["SIZE=221"])', 'client.rcpt("Ghost@Kunde.DE", [])', 'J\\xc3\\xb6rg'])
    expect(text).toContain(part)
  expect(text).not.toContain('CERT_NONE')
}) // prettier-ignore

test('it stops where the session stopped', () => {
  const text = textOf(recordedOf(sampleBodies.slice(0, 4)))
  expect(text).not.toContain('client.mail')
  expect(text).toContain('client.quit()')
})

test('SCRAM is left to what the program knows, and said so', () => {
  const scram = sampleBodies.map((body) =>
    body.kind === 'line' ? { ...body, raw: body.raw.replace(/^AUTH PLAIN/, 'AUTH SCRAM-SHA-256') } : body,
  )
  const text = textOf(recordedOf(scram, { host: 'x.de' }))
  expect(text).toContain('may not know SCRAM-SHA-256')
  expect(text).toContain('client.login(')
  expect(text).not.toMatch(/(?:AUTH=|authMethod: "|--auth '|client\.auth\(")/)
})
