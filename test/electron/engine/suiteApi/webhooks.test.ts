import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { expect, it, onTestFinished, vi } from 'vitest'
import { secretName, shownUrl, Webhooks, type WebhooksDeps } from '#engine/suiteApi/webhooks.ts'
import { webhookLimits } from '#shared/rpc/contract/suiteApi.ts'
import { messageSummary } from '#test/support/mail.ts'
import { keepLog, memorySecrets, portOf, systemClock } from '#test/support/server/place.ts'
import { arrivalStore } from '#test/support/suiteApi/arrivals.ts'

async function receiver(statuses: number[] = []) {
  const asked: { body: string; headers: NodeJS.Dict<string | string[]> }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      asked.push({ body, headers: request.headers })
      response.writeHead(statuses.shift() ?? 200).end('a secret answer')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${portOf(server)}/hook?key=k3y`, asked }
}

function hooks(more: Partial<WebhooksDeps> = {}) {
  const [store, secrets, { log, lines }] = [arrivalStore(), memorySecrets(), keepLog()]
  const webhooks = new Webhooks({ store, secrets, log, clock: systemClock, version: '9', hosts: () => [], changed: () => {}, delivery: { pauses: [1, 1] }, ...more }) // prettier-ignore
  onTestFinished(() => webhooks.stop())
  return { webhooks, store, secrets, lines }
}

it('tells of arrivals, signed, and of refused sessions only who asked for them', async () => {
  const { url, asked } = await receiver()
  const { webhooks, store } = hooks()
  const added = await webhooks.add(url, ['message'])
  if (!added.ok) throw new Error(added.problem.message)
  store.refuse(messageSummary({ id: 's1', outcome: 'refused' }))
  store.arrive(messageSummary({ id: 'm1', subject: 'Grüße' }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  const { body, headers } = asked[0]!
  expect(JSON.parse(body)).toMatchObject({ type: 'message.received', timestamp: expect.stringMatching(/Z$/), data: { id: 'm1', subject: 'Grüße' } }) // prettier-ignore
  const key = Buffer.from(added.secret.slice('whsec_'.length), 'base64')
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
  expect(headers['user-agent']).toBe('Relayscope/9')
  await webhooks.add(url, ['session'])
  store.refuse(messageSummary({ id: 's2', outcome: 'refused' }))
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(JSON.parse(asked[1]!.body)).toMatchObject({ type: 'session.ended', data: { id: 's2' } })
})

it('tells of very many recipients the first ones only: a thousand such messages may wait', async () => {
  const { url, asked } = await receiver()
  const { webhooks, store } = hooks()
  await webhooks.add(url, ['message'])
  store.arrive(messageSummary({ rcptTo: Array.from({ length: 1000 }, (_, i) => `r${i}@y.test`) }))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  expect((JSON.parse(asked[0]!.body) as { data: { rcptTo: string[] } }).data.rcptTo).toHaveLength(20)
})

it('keeps the secret out of everything but the keychain', async () => {
  const { url } = await receiver([500, 500, 500])
  const { webhooks, secrets, lines } = hooks()
  const added = await webhooks.add(url, ['message'])
  if (!added.ok) throw new Error(added.problem.message)
  expect(secrets.all.get(secretName(added.rule.id))).toBe(added.secret)
  webhooks.try(added.rule.id)
  await vi.waitFor(() => expect(webhooks.list[0]?.last?.state).toBe('failed'))
  expect(webhooks.deliveries()[0]).toMatchObject({
    event: 'try',
    attempts: 3,
    status: 500,
    words: 'Answered 500.',
  })
  const all = JSON.stringify([webhooks.list, webhooks.rules, webhooks.deliveries(), lines])
  expect(all).not.toContain(added.secret)
  expect(all).not.toContain('a secret answer')
  expect(JSON.stringify(lines)).not.toContain('k3y')
  await webhooks.remove(added.rule.id)
  expect([secrets.all.size, webhooks.list]).toEqual([0, []])
  expect(() => webhooks.try(added.rule.id)).toThrow('removed or never existed')
})

it('comes back with what was saved; without its secret it sends nothing and says so', async () => {
  const { url, asked } = await receiver()
  const { webhooks, secrets } = hooks()
  secrets.all.set(secretName('a'), `whsec_${Buffer.alloc(32, 'k').toString('base64')}`)
  await webhooks.load([{ id: 'a', url, events: ['message'] }, { id: 'b', url, events: ['session'] }]) // prettier-ignore
  webhooks.try('a')
  webhooks.try('b')
  await vi.waitFor(() => expect(webhooks.list.map(({ pending }) => pending)).toEqual([0, 0]))
  expect(asked).toHaveLength(1)
  expect(webhooks.deliveries('b')).toMatchObject([
    { state: 'failed', words: expect.stringContaining('add it again') },
  ])
})

it.each([
  ['http://example.com/', 'allowed hosts'],
  ['nonsense', 'no web address'],
])('refuses %s, with field, value and remedy', async (url, words) => {
  expect(await hooks().webhooks.add(url, ['message'])).toMatchObject({ ok: false, problem: { field: 'url', value: expect.any(String), message: expect.stringContaining(words) } }) // prettier-ignore
})

it('refuses a secret of another form without repeating it, and one webhook too many', async () => {
  const { webhooks } = hooks()
  const wrong = await webhooks.add('http://127.0.0.1/', ['message'], 'hunter2')
  expect(wrong).toMatchObject({ ok: false, problem: { field: 'secret', value: '********' } })
  for (let i = 0; i < webhookLimits.hooks; i++) await webhooks.add('http://127.0.0.1/', ['message'])
  expect(await webhooks.add('http://127.0.0.1/', ['message'])).toMatchObject({ ok: false })
})

it('shows an address without its query', () => {
  expect(shownUrl('https://x.test:9/a?key=1')).toBe('https://x.test:9/a')
  expect(shownUrl('nonsense')).toBe('nonsense')
})
