import { expect, test } from 'vitest'
import { ruleNotices } from '#engine/server/ruleNotices.ts'
import { limitsOf } from '#engine/server/rules.ts'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'

function notices(fields: object) {
  const { limits, listeners } = ServerConfig.parse({ listeners: [{ port: 1, ...fields }] })
  return ruleNotices(listeners[0]!, limitsOf(listeners[0]!, limits))
}

test('what RFC 5321 asks at least is no notice, one less is', () => {
  const least = { recipients: 100, line: 512, textLine: 1000, messageSize: 65_536, idle: 300_000 }
  expect(notices({ limits: least })).toEqual([])
  const less = Object.fromEntries(Object.entries(least).map(([name, most]) => [name, most - 1]))
  expect(notices({ limits: less }).map((text) => /§[\d.]+/.exec(text)?.[0])).toEqual([
    '§4.5.3.1.8.', '§4.5.3.1.4.', '§4.5.3.1.6.', '§4.5.3.1.7.', '§4.5.3.2.7.',
  ].map((section) => section.slice(0, -1))) // prettier-ignore
})

test('what TLS would have to bring, where it need not come about', () => {
  const required = { clientCertificate: 'required' }
  expect(notices({ ...required, tls: 'plain' })).toEqual([expect.stringMatching(/nobody is asked/)])
  expect(notices({ ...required, tls: 'starttls' })).toEqual([
    expect.stringMatching(/who does not say STARTTLS needs none/),
  ])
  for (const tls of ['implicit', 'starttls-required']) expect(notices({ ...required, tls })).toEqual([])
  expect(notices({ clientCertificate: 'asked', tls: 'starttls' })).toEqual([])
  expect(notices({ tls: 'plain', authOnlyAfterTls: true })).toEqual([
    expect.stringMatching(/nobody can sign in/),
  ])
})

test('extensions that lean on others', () => {
  expect(notices({ extensions: ['SMTPUTF8'] })).toEqual([expect.stringMatching(/without 8BITMIME/)])
  expect(notices({ extensions: ['REQUIRETLS'], tls: 'plain' })).toEqual([
    expect.stringMatching(/inside TLS only/),
  ])
  expect(notices({ extensions: ['LIMITS'], limits: { recipients: 1_000_000 } })).toEqual([
    expect.stringMatching(/six digits/),
  ])
  expect(ListenerConfig.parse({ port: 1 })).not.toHaveProperty('extensions')
  expect(notices({})).toEqual([])
})
