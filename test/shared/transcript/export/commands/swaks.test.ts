import { expect, test } from 'vitest'
import { swaksFormat } from '#shared/transcript/export/commands/swaks.ts'
import { recordedOf, sample, sampleBodies } from '../sample.ts'

const textOf = (recorded: typeof sample): string => Array.from(swaksFormat.write(recorded, 'test')).join('')

test('a message with sign-in', () => {
  const text = textOf(sample)
  for (const part of ["--server 'mx.corp.com'", '--port 587', '--tls ', '--tls-verify', "--helo 'laptop7.corp.com'", "--auth 'PLAIN'", "--to 'joerg.bauer@kunde.de,Ghost@Kunde.DE'", "printf '..Dear J\\303\\266rg,\\r\\n'", "printf '.'"])
    expect(text).toContain(part)
}) // prettier-ignore

test('it stops where the session stopped', () => {
  expect(textOf(recordedOf(sampleBodies.slice(0, 4), { host: 'x.de' }))).toContain('--quit-after EHLO')
  expect(textOf(recordedOf(sampleBodies.slice(0, 14), { host: 'x.de' }))).toContain('--quit-after MAIL')
})

test('what a stranger chose is never an option of swaks', () => {
  const hostile = sampleBodies.map((body) => {
    if (body.kind !== 'line') return body
    const raw = body.raw
      .replace(/^EHLO .*/, 'EHLO --output=/tmp/x')
      .replace(/^MAIL FROM:<.*?>/, 'MAIL FROM:<--pipe=id@x.de>')
      .replace(/^RCPT TO:<.*?>/, 'RCPT TO:<--attach=@x.de>')
      .replace(/^AUTH \S+/, 'AUTH --H')
    return { ...body, raw }
  })
  const text = textOf(recordedOf(hostile, { host: 'x.de' }))
  expect(text).not.toMatch(/--(?:output|pipe|attach|H)\b/)
  expect(text).toContain("--from '<>'")
  expect(text).toContain('--quit-after MAIL')
  expect(text).not.toContain('printf')
  expect(text).toContain('sender is left out')
})

test('SCRAM is left to what the program knows, and said so', () => {
  const scram = sampleBodies.map((body) =>
    body.kind === 'line' ? { ...body, raw: body.raw.replace(/^AUTH PLAIN/, 'AUTH SCRAM-SHA-256') } : body,
  )
  const text = textOf(recordedOf(scram, { host: 'x.de' }))
  expect(text).toContain('may not know SCRAM-SHA-256')
  expect(text).toContain('--auth \\\n  --auth-user')
  expect(text).not.toMatch(/(?:AUTH=|authMethod: "|--auth '|client\.auth\(")/)
})
