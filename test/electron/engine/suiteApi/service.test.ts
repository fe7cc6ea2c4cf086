import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchText } from '#shared/inbox/match.ts'
import { parseQuery } from '#shared/inbox/query.ts'
import { memorySecrets, portOf } from '#test/support/server/place.ts'
import { askAt, openSuite, type Suite } from '#test/support/suiteApi/suite.ts'
import { openBench } from '../handlers/support.ts'

let suite: Suite
beforeAll(async () => (suite = await openSuite()))
afterAll(() => suite.stop())

describe('the API for test suites', () => {
  it('makes its token when it is first switched on, tells it once, and keeps it out of everything', async () => {
    expect(suite.token).toMatch(/^rs_[\w-]{43}$/)
    const again = await suite.client.call('suiteApi.configure', { on: true })
    expect(again.token).toBeUndefined()
    expect(again.status).toMatchObject({ on: true, tokened: true, tokenKept: 'memory' })
    expect(JSON.stringify([again, suite.logged])).not.toContain(suite.token)
  })

  it('voids the token before when it is renewed, also for who is inside', async () => {
    const waiting = suite.ask('/messages/wait?query=never&timeout=60000')
    await expect.poll(async () => (await suite.client.call('suiteApi.status', {})).waiting).toBe(1)
    const { token } = await suite.client.call('suiteApi.renewToken', {})
    expect((await waiting).status).toBe(401)
    expect((await suite.ask('/mark')).status).toBe(401)
    expect((await suite.ask('/mark', { token })).status).toBe(200)
    suite.token = token
  })

  it('goes off and on, and to another port, and says why it cannot', async () => {
    const { client } = suite
    const taken = createServer()
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    const failed = await client.call('suiteApi.configure', { port: portOf(taken) })
    taken.close()
    expect(failed.problems).toMatchObject([{ field: 'port', message: expect.stringContaining('taken') }])
    expect(failed.status).toMatchObject({ on: true, problem: expect.any(String) })
    const off = await client.call('suiteApi.configure', { on: false, port: 0 })
    expect(off.status.actualPort).toBeUndefined()
    expect(off.status.problem).toBeUndefined()
    await expect(askAt(suite.base, '/health', null)).rejects.toThrow('fetch failed')
    const on = await client.call('suiteApi.configure', { on: true })
    suite.base = `http://127.0.0.1:${on.status.actualPort}`
    expect((await askAt(suite.base, '/health', null)).status).toBe(200)
  })

  it('changes nothing when anything of it is wrong', async () => {
    const before = await suite.client.call('suiteApi.status', {})
    const { problems, status } = await suite.client.call('suiteApi.configure', { address: '0.0.0.0', token: 'short', port: 1, allowedHosts: ['*'] }) // prettier-ignore
    expect(problems.map(({ field }) => field)).toEqual(['address', 'token', 'allowedHosts[0]'])
    expect({ ...status, requests: 0 }).toEqual({ ...before, requests: 0 })
  })

  it('follows webhooks from adding to removing, and tells who looks on', async () => {
    const { client } = suite
    const bodies: string[] = []
    const server = createServer((request, response) => {
      request.on('data', (piece: Buffer) => bodies.push(piece.toString()))
      request.on('end', () => response.end())
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const {
      id = '',
      secret,
      problems,
    } = await client.call('suiteApi.addWebhook', { url: `http://127.0.0.1:${portOf(server)}/` })
    expect([problems, secret]).toEqual([[], expect.stringMatching(/^whsec_/)])
    await client.call('suiteApi.tryWebhook', { id })
    await suite.send('Told')
    await expect.poll(() => bodies.length).toBe(2)
    expect(JSON.parse(bodies[1]!)).toMatchObject({ type: 'message.received', data: { subject: 'Told' } })
    await expect
      .poll(async () =>
        (await client.call('suiteApi.deliveries', { id })).deliveries.map(({ state }) => state),
      )
      .toEqual(['delivered', 'delivered'])
    expect(JSON.stringify(await client.call('suiteApi.status', {}))).not.toContain(secret)
    expect((await client.call('suiteApi.removeWebhook', { id })).status.webhooks).toEqual([])
    await expect(client.call('suiteApi.removeWebhook', { id })).rejects.toMatchObject({ code: 'not-found' })
    expect((await client.call('suiteApi.addWebhook', { url: 'http://example.com/' })).problems).toMatchObject(
      [{ field: 'url' }],
    )
    server.close()
  })

  it('asks the index and judges by itself alike', async () => {
    await suite.send('Café RÉSUMÉ_2 foo-bar', {
      to: 'ines+sign-up@y.test',
      text: 'naïve ½ Straße ﬁn 漢字 x_y',
      attachments: [{ filename: 'déjà.txt', content: 'a' }],
    })
    const { items } = await suite.client.call('inbox.list', { limit: 1 })
    const { text, parts, ...row } = await suite.client.call('inbox.get', { id: items[0]!.id })
    const all = `${parts.map(({ name }) => name).join(' ')} ${text}`
    await expect
      .poll(async () => (await suite.client.call('inbox.list', { text: 'body:naive' })).total)
      .toBe(1)
    for (const query of [
      'cafe',
      'CAFÉ',
      'resume',
      'resume_2',
      '"resume 2"',
      'foo-bar',
      '"foo bar"',
      '"bar foo"',
      'naïve',
      'stras',
      'straße',
      'strasse',
      '漢字',
      '漢',
      'x_y',
      'xy',
      'deja',
      'fin',
      'ﬁn',
      '½',
      'tag:sign-up',
      'to:sign',
      'to:up',
      'subject:naive',
      '-cafe',
      '-nothing',
      'has:attachment',
      'from:shop',
      'smaller:10',
      'larger:10',
    ]) {
      const parsed = parseQuery(query)
      if (!parsed.ok) throw new Error(parsed.problems.join())
      const found = await suite.client.call('inbox.list', { text: query })
      expect([query, matchText(parsed.terms, 'kept', row, all)]).toEqual([
        query,
        found.items.some(({ id }) => id === row.id),
      ])
    }
  })
})

it('starts as a person left it, with the token from the keychain; what was for one run only is gone', async () => {
  const secrets = { ...memorySecrets(), kind: 'keychain' as const }
  const first = await openBench({ host: 'desktop', secrets })
  const { token = '' } = await first.client.call('suiteApi.configure', { on: true, port: 0 })
  await first.client.call('suiteApi.configure', { names: ['for-now'], save: false })
  await first.client.call('suiteApi.addWebhook', { url: 'http://127.0.0.1:9/', save: false })
  await first.client.call('suiteApi.addWebhook', { url: 'http://127.0.0.1:9/kept' })
  await first.halt()
  const second = await openBench({ host: 'desktop', secrets, dataFolder: first.folder })
  const status = await second.client.call('suiteApi.status', {})
  expect(status).toMatchObject({ on: true, tokened: true, tokenKept: 'keychain', names: [], webhooks: [{ url: 'http://127.0.0.1:9/kept' }] })
  expect((await askAt(`http://127.0.0.1:${status.actualPort}`, '/api/v1/mark', token)).status).toBe(200)
  await second.halt()
  const terminal = await openBench({ host: 'terminal', secrets, dataFolder: first.folder })
  expect(await terminal.client.call('suiteApi.status', {})).toMatchObject({ on: false, webhooks: [] })
  await terminal.stop()
}) // prettier-ignore
