import { expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { prepareAll, shortestTime } from '#engine/server/prepare.ts'
import { rulesOf } from '#engine/server/settings.ts'
import { TlsContexts } from '#engine/server/tlsContexts.ts'
import { ServerConfig, type ServerConfigInput } from '#shared/rpc/contract/server.ts'
import type { Relaying } from '#engine/server/relaying.ts'
import { hashes } from '#test/support/hashes.ts'
import { makeIntake, rulesNow } from '#test/support/relay/intake.ts'

const authority = await makeAuthority(new Date())
const pair = { ...(await makeServerCertificate(authority, ['a.test'], new Date())), ca: authority.cert }

const identity = async ({ certificate }: { certificate?: string | undefined }) =>
  certificate === undefined ? pair : 'There is none.'
const now = () => new Date()

async function prepared(config: Partial<ServerConfigInput>) {
  const rules = rulesOf(ServerConfig.parse({ listeners: [], ...config }))
  return [
    ...(await prepareAll(rules, { desk: { identity }, contexts: new TlsContexts(), hashes, now })).values(),
  ]
}

test('one that is off costs nothing; one without its certificate cannot serve; the others can', async () => {
  const all = await prepared({
    listeners: [
      { port: 1, enabled: false },
      { port: 2, certificate: 'gone' },
      { port: 3 },
      { port: 4, tls: 'plain', limits: { recipients: 5 } },
    ],
  })
  expect(all).toMatchObject([
    'There is none.',
    { versions: ['1.2', '1.3'], notices: [], rules: { versions: ['1.2', '1.3'] } },
    { notices: [expect.stringMatching(/fewer than the 100/)] },
  ])
})

test('any password is right where the listener says so, and only there', async () => {
  const users = [{ user: 'ann', password: 'right words' }]
  const [strict, open] = await prepared({ users, listeners: [{ port: 1 }, { port: 2, anyPassword: true }] })
  const right = [strict, open].map(
    (one) => typeof one === 'object' && one.rules.accounts.password('ann', 'wrong words'),
  )
  expect(right).toEqual([false, true])
})

test('a listener whose mechanisms cannot work says so', async () => {
  const all = await prepared({
    listeners: [
      { port: 1, tls: 'plain', mechanisms: ['scram-sha-256'] },
      { port: 2, mechanisms: ['external'], auth: 'required' },
      { port: 3, mechanisms: ['external'], clientCertificate: 'asked' },
      { port: 4, mechanisms: ['scram-sha-256'], auth: 'off' },
    ],
  })
  expect(all.map((one) => (typeof one === 'string' ? one : one.notices.join()))).toMatchObject([
    /AUTH is not offered/,
    /nobody can send/,
    '',
    '',
  ])
  expect(all.map((one) => typeof one === 'object' && one.authImpossible)).toEqual([true, true, false, false])
})

test('the shortest time limit of all sets how often is looked', () => {
  const listeners = [{ port: 1 }, { port: 2, limits: { session: 700 } }]
  expect(shortestTime(rulesOf(ServerConfig.parse({ listeners, limits: { idle: 900 } })))).toBe(700)
})

test('a listener that relays has the users of the relay and its notices, and none where there is no relay', async () => {
  const rules = rulesOf(
    ServerConfig.parse({
      users: [{ user: 'ann', password: 'right words' }],
      listeners: [
        { port: 1, relay: true, anyPassword: true },
        { port: 2, relay: true, tls: 'plain', address: '0.0.0.0', allowOutside: true },
        { port: 3 },
      ],
    }),
  )
  const prepare = async (relaying?: Relaying) => [
    ...(
      await prepareAll(rules, { desk: { identity }, contexts: new TlsContexts(), hashes, now, relaying })
    ).values(),
  ]
  const { intake } = makeIntake(rulesNow())
  const [first, second, third] = await prepare(intake)
  if (typeof first !== 'object' || typeof third !== 'object') throw new Error('not prepared')
  expect(first.rules.relaying).toBe(intake)
  expect([first, third].map((one) => one.rules.accounts.password('ann', 'right words'))).toEqual([
    false,
    true,
  ])
  expect(first.rules.machine.auth.mechanisms).toEqual([])
  expect(first.notices).toMatchObject([
    /^Any password is right for mail that is kept/,
    /^No rule lets anybody/,
  ])
  expect(second).toMatchObject({ rules: { machine: { tls: 'off' } } })
  expect(third.rules.relaying).toBeUndefined()
  const opened = makeIntake(rulesNow({ sources: [{ match: '0/0', alwaysAllowRelaying: true }] }))
  expect((await prepare(opened.intake)).map((one) => typeof one)).toEqual(['object', 'string', 'object'])
  expect((await prepare()).slice(0, 2)).toMatchObject([/there is no relay here/, /there is no relay here/])
})
