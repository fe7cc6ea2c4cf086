import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { refuse } from '#engine/server/refusal.ts'
import { sessionRules } from '#engine/server/rules.ts'
import { ServerConfig } from '#shared/rpc/contract/server.ts'
import { fakeHub } from '#test/support/server/fakes.ts'
import { hashes } from '#test/support/hashes.ts'
import { portOf } from '#test/support/server/place.ts'
import { talk } from '#test/support/server/talk.ts'

const base = ServerConfig.parse({ name: 'mx.test', listeners: [{ port: 1 }] })

async function refused(tls: 'plain' | 'implicit') {
  const { hub, short } = fakeHub()
  const rules = sessionRules({ ...base.listeners[0]!, tls }, base, createAccounts([], hashes), null)
  const server = createServer((socket) => {
    const recorder = hub.begin({
      source: 'server',
      role: 'server',
      host: '127.0.0.1',
      port: 1,
      tls: rules.tls,
    })
    refuse(socket, rules, recorder, 'the limit of 1 connections is reached')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const client = await talk(portOf(server))
  await client.closed
  return { text: client.received, short: short(0) }
}

test('in clear the client hears 421, and the transcript tells it', async () => {
  const said = '421 4.7.0 mx.test the limit of 1 connections is reached; try again later'
  expect(await refused('plain')).toEqual({
    text: `${said}\r\n`,
    short: [`S: ${said}`, 'end refused by server'],
  })
})

test('where TLS would come first the connection is closed', async () => {
  expect(await refused('implicit')).toEqual({ text: '', short: ['end refused by server'] })
})
