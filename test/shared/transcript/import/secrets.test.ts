import { expect, it } from 'vitest'
import { atOnce } from '#shared/steps.ts'
import { hideInWords, mostSecrets, Secrets, secretsIn } from '#shared/transcript/import/secrets.ts'
import { numbered } from '../samples.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const told = (line: string): [string, string[]] => {
  const secrets: string[] = []
  return [hideInWords(line, (secret) => secrets.push(secret)), secrets]
}

it.each([
  ["swaks --auth-user me --auth-password 'secret w0rd' -t x", 'swaks --auth-user me --auth-password ******** -t x', ['secret w0rd']],
  ['$ swaks -au me -ap hunter2 -s h', '$ swaks -au me -ap ******** -s h', ['hunter2']],
  ['swaks --auth-password=hunter2', 'swaks --auth-password=********', ['hunter2']],
  ['curl --user me:hunter2 smtp://h', 'curl --user me:******** smtp://h', ['hunter2']],
  ['smtp://me:hunter2@mail.example', 'smtp://me:********@mail.example', ['hunter2']],
  ["  password       = 'secret w0rd'", '  password       = ********', ['secret w0rd']],
  ['  hide password  = FALSE', '  hide password  = ********', []],
  ['xsasl_cyrus_server_next: decoded response: secret w0rd', 'xsasl_cyrus_server_next: decoded response: ********', ['secret w0rd']],
  ['Authorization: Bearer eyJhbGciOi', 'Authorization: ********', ['eyJhbGciOi']],
  ['sent AUTH PLAIN AHVzZXIAcGFzcw==', 'sent AUTH PLAIN ********', ['AHVzZXIAcGFzcw==']],
  ['blob AHVzZXIAcGFzcw== here', 'blob ******** here', []],
  ['    Master-Key: F6C349F6474D6CFA3B15', '    Master-Key: ********', ['F6C349F6474D6CFA3B15']],
])('hides the secret in %j', (line, shown, secrets) => {
  expect(told(line)).toEqual([shown, secrets])
}) // prettier-ignore

it.each([
  '250-AUTH PLAIN LOGIN CRAM-MD5',
  'warning: SASL authentication failure: Password verification failed',
  'uncoded server challenge: Password:',
  '=== Trying 127.0.0.1:25...',
  'PSK identity: None',
])('leaves %j', (line) => {
  expect(told(line)).toEqual([line, []])
})

it('knows what of an answer is the secret', () => {
  expect(secretsIn(base64('\0user\0hunter2'), false)).toContain('hunter2')
  expect(secretsIn('\\0user\\0hunter2', false)).toContain('hunter2')
  expect(secretsIn(base64('user'), true)).toEqual([base64('user')])
  expect(secretsIn(base64('user 0123456789abcdef0123456789abcdef'), false)[0]).toBe('0123456789abcdef0123456789abcdef') // prettier-ignore
  expect(secretsIn('not base64!', false)).toContain('not base64!')
})

it('hides what it was told in every event but content', () => {
  const secrets = new Secrets()
  secrets.add('hunter2-xyz')
  const events = numbered([
    { kind: 'reply', direction: 'to-client', phase: 'auth', raw: '535 hunter2-xyz is wrong\r\n', code: 535, malformed: 'hunter2-xyz' },
    { kind: 'remark', direction: 'none', phase: 'other', text: `x ${btoa('\0u\0hunter2-xyz')}`, understood: true },
    { kind: 'end', direction: 'none', phase: 'other', outcome: 'failed', by: 'server', message: 'hunter2-xyz' },
    { kind: 'tls', direction: 'none', phase: 'tls', outcome: 'failed', took: 0, fault: { code: 'x', message: 'hunter2-xyz' } },
  ]) // prettier-ignore
  const hidden = JSON.stringify(atOnce(secrets.hiding(events)))
  expect(hidden).not.toMatch(/hunter2|aHVudGVy|dW50ZXI/)
  expect(hidden.match(/\*{8}/g)).toHaveLength(5)
})

it('is told so many secrets and no more, none too short', () => {
  const secrets = new Secrets()
  secrets.add('ab')
  expect(secrets.any).toBe(false)
  for (let i = 0; i < mostSecrets + 10; i++) secrets.add(`secret-${i}-`)
  const [event] = atOnce(secrets.hiding(numbered([{ kind: 'remark', direction: 'none', phase: 'other', text: `secret-${mostSecrets}- secret-0-`, understood: true }]))) // prettier-ignore
  expect(event).toMatchObject({ text: `secret-${mostSecrets}- ********` })
})
