import { expect, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { sessionRules } from '#engine/server/rules.ts'
import { ServerConfig } from '#shared/rpc/contract/server.ts'
import { hashes } from '#test/support/hashes.ts'

const config = ServerConfig.parse({
  name: 'mx.test',
  listeners: [{ port: 1 }],
  limits: { idle: 5, messageSize: 7 },
})
const rules = (fields: object) =>
  sessionRules({ ...config.listeners[0]!, ...fields }, config, createAccounts([], hashes), null)

test.each([
  ['plain', 'off', 'none'],
  ['starttls', 'offered', 'opportunistic'],
  ['starttls-required', 'required', 'starttls'],
  ['implicit', 'implicit', 'implicit'],
])('%s: the machine is told %s, the transcript %s', (tls, machine, head) => {
  const made = rules({ tls })
  expect([made.machine.tls, made.tls]).toEqual([machine, head])
})

test('limits, AUTH rule and name reach the machine', () => {
  const { machine } = rules({ auth: 'required', authOnlyAfterTls: true })
  expect(machine.name).toBe('mx.test')
  expect(machine.auth).toEqual({
    mechanisms: ['plain', 'login', 'cram-md5', 'xoauth2', 'oauthbearer'],
    policy: 'required',
    onlyAfterTls: true,
  })
  expect(machine.limits).toMatchObject({ idle: 5, messageSize: 7 })
})

test('what can work is offered: SCRAM with users, tokens with a rule, EXTERNAL where a certificate is asked for', () => {
  const users = createAccounts([{ user: 'ann', password: 'pw' }], hashes)
  const of = (fields: object) =>
    sessionRules({ ...config.listeners[0]!, ...fields }, config, users, null).machine.auth.mechanisms
  expect(of({})).toEqual(['plain', 'login', 'cram-md5', 'scram-sha-1', 'scram-sha-256', 'scram-sha-1-plus', 'scram-sha-256-plus']) // prettier-ignore
  expect(of({ mechanisms: ['external', 'scram-sha-256', 'xoauth2'] })).toEqual(['scram-sha-256'])
  expect(of({ mechanisms: ['external'], clientCertificate: 'asked' })).toEqual(['external'])
  expect(rules({ clientCertificate: 'required' }).clientCertificate).toBe('required')
})

test('challenges look as RFC 2195 §2 wants and never repeat', () => {
  const { machine } = rules({})
  const all = Array.from({ length: 50 }, () => machine.challenge())
  expect(new Set(all).size).toBe(50)
  for (const one of all) expect(one).toMatch(/^<[0-9a-f]{24}\.\d+@mx\.test>$/)
})

test('a listener’s own limits, extensions and line ends stand before those of the server', () => {
  const { machine } = rules({
    limits: { messageSize: 5, line: 600, commands: 3, textLine: undefined },
    extensions: ['SIZE'],
    bareLineEnds: 'keep',
  })
  expect(machine).toMatchObject({ extensions: ['SIZE'], bareLineEnds: 'keep' })
  expect(machine.limits).toMatchObject({ idle: 5, messageSize: 5, line: 600, commands: 3 })
  expect(machine.limits).not.toHaveProperty('textLine')
})
