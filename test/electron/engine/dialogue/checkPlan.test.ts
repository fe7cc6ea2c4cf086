import { expect, test } from 'vitest'
import { checkPlan, isPem, shownValue } from '#engine/dialogue/checkPlan.ts'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { selfSigned } from '#test/support/dialogue/certificates.ts'
import { request } from '#test/support/dialogue/start.ts'

const check = (...args: Parameters<typeof request>) => checkPlan(DialogueRequest.parse(request(...args)))

test('a good plan has no problems', () => {
  expect(check(587)).toEqual([])
  expect(check(587, { envelopeFrom: '', envelopeTo: ['c@example.com'] })).toEqual([])
})

test.each<[string, Parameters<typeof request>, string]>([
  [
    'target.host',
    [587, { target: { host: 'smtp://mx.example:587/' } }],
    'write mx.example as the host and 587 as the port',
  ],
  ['target.host', [587, { target: { host: 'a b' } }], 'spaces'],
  ['target.family', [587, { target: { host: '192.0.2.1', family: 6 } }], 'IPv4'],
  ['target.family', [587, { target: { host: '::1', family: 4 } }], 'IPv6'],
  ['target.port', [70_000], '1 to 65535'],
  ['target.port', [0], '1 to 65535'],
  ['target.port', [993], 'reads mail and does not send'],
  ['target.ehloName', [587, { target: { ehloName: 'a\r\nb' } }], 'EHLO name'],
  ['target.serverName', [587, { target: { serverName: 'a b' } }], 'certificate'],
  ['target.serverName', [587, { target: { serverName: 'smtp.example.com:25' } }], 'certificate'],
  ['target.ca', [587, { target: { ca: 'nonsense' } }], 'PEM'],
  ['auth.user', [587, { auth: { mechanism: 'plain', password: 'x' } }], 'no user'],
  ['auth.user', [587, { auth: { mechanism: 'auto', password: 'x' } }], 'no user'],
  ['auth.user', [587, { auth: { mechanism: 'plain', user: 'a\r\nb' } }], 'control character'],
  ['auth.password', [587, { auth: { mechanism: 'plain', user: 'a', password: 'hunter2\r\n' } }], 'line end'],
])('%s: %j', (field, args, words) => {
  const problems = check(...args)
  expect(problems.map((problem) => problem.field)).toEqual([field])
  expect(problems[0]!.message).toContain(words)
})

test('the password is in no problem', () => {
  const problems = check(587, { auth: { mechanism: 'plain', user: '', password: 'hunter2\n' } })
  expect(JSON.stringify(problems)).not.toContain('hunter2')
})

test('every problem is told at once', () => {
  expect(check(0, { target: { host: '' }, auth: { mechanism: 'plain' } })).toHaveLength(3)
})

test('values are shown cut and with controls spelt out', () => {
  expect(shownValue('a\r\nb')).toBe('a\\x0d\\x0ab')
  expect(shownValue('x'.repeat(500))).toHaveLength(101)
})

test('PEM', async () => {
  const { cert } = await selfSigned()
  expect(isPem(`${cert}\n${cert}`)).toBe(true)
  expect(isPem('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toBe(false)
  expect(isPem('')).toBe(false)
})

test('a password inside a URL is not repeated', () => {
  for (const typed of [
    'smtp://anna:hunter2@example.com',
    'smtps://:hunter2@h',
    'smtp://a:hunter2:hunter2@h@h',
  ])
    expect(shownValue(typed)).not.toContain('hunter2')
  expect(shownValue('smtp://anna:hunter2@example.com')).toBe('smtp://anna:********@example.com')
})

test('a password in a host is masked whatever stands in it, with and without a scheme', () => {
  expect(shownValue('smtps://anna:p@ssw0rd@mail.test')).toBe('smtps://anna:********@mail.test')
  expect(shownValue('smtps://anna:pa/ss@mail.test')).toBe('smtps://anna:********@mail.test')
  expect(shownValue('anna:hunter2@mail.test')).toBe('anna:********@mail.test')
  expect(shownValue('[2001:db8::1]:587')).toBe('[2001:db8::1]:587')
})

test('what stands alone before the @ of a URL may be a token; a mailbox is shown', () => {
  expect(shownValue('smtp://to:ken@mail.test')).toBe('smtp://to:********@mail.test')
  expect(shownValue('https://t0ken@mail.test:25/')).toBe('https://********@mail.test:25/')
  expect(shownValue('anna@mail.test')).toBe('anna@mail.test')
})

test('a long value without an @ is not searched for one from each of its schemes', () => {
  const pasted = '://'.repeat(300_000)
  expect(shownValue(pasted)).toBe(`${pasted.slice(0, 100)}…`)
})
