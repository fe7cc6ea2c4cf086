import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReleaseRequest } from '#shared/rpc/contract/inboxRelease.ts'
import { type Bench, openBench, startServer } from '../handlers/support.ts'

let here: Bench
let there: Bench
let [own, port] = [0, 0]
let id = ''
const source = 'Received: from a\r\nSubject: exact\r\n\r\n.dot\r\n\u00fc raw\r\nlast\r\n'

/** Every kept message of a box, newest first, as octets. */
async function kept({ client }: Bench): Promise<string[]> {
  const { items } = await client.call('inbox.list', {})
  return Promise.all(
    items.map(async (one) => {
      const { base64 } = await client.call('inbox.source', { id: one.id, from: 0, size: 1 << 20 })
      return Buffer.from(base64, 'base64').toString('latin1')
    }),
  )
}

beforeAll(async () => {
  ;[here, there] = [await openBench(), await openBench()]
  ;[own, port] = [await startServer(here.client), await startServer(there.client)]
  const started = await here.client.call('dialogue.start', {
    target: { host: '127.0.0.1', port: own, tls: 'none' },
    auth: { mechanism: 'none' },
    message: { from: '', to: [], raw: Buffer.from(source, 'utf8').toString('base64') },
    envelopeFrom: 'bounce@shop.test',
    envelopeTo: ['ines@quay.test', 'blind@quay.test'],
  })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await here.client.call('dialogue.result', { session: started.session })
  id = (await here.client.call('inbox.list', {})).items[0]!.id
})
afterAll(async () => {
  await here.stop()
  await there.stop()
})

const plan = (more: Partial<ReleaseRequest> = {}): ReleaseRequest => ({
  id,
  target: { host: '127.0.0.1', port, tls: 'none' },
  auth: { mechanism: 'none' },
  envelopeFrom: 'bounce@shop.test',
  envelopeTo: ['ines@quay.test', 'blind@quay.test'],
  way: 'exact',
  agreed: true,
  ...more,
})
const problems = async (more: Partial<ReleaseRequest>) => {
  const answer = await here.client.call('inbox.release', plan(more))
  if (answer.ok) throw new Error('it was released')
  return answer.problems.map(({ field, message }) => `${field}: ${message}`)
}

test('nothing is sent to a host that nobody allowed', async () => {
  expect(await problems({})).toEqual([
    'target.host: 127.0.0.1 is not among the allowed hosts, so nothing is sent to it. Add it there first, by its whole name.',
  ])
  expect((await there.client.call('transcript.list', { limit: 5 })).total).toBe(0)
  const set = await here.client.call('inbox.setAllowedHosts', { hosts: ['127.0.0.1', 'localhost'] })
  expect(set).toEqual({ ok: true, hosts: ['127.0.0.1', 'localhost'] })
  expect(await here.client.call('inbox.allowedHosts', {})).toEqual({ hosts: ['127.0.0.1', 'localhost'] })
})

test('not without consent, without an envelope that can be said, or back to ourselves', async () => {
  expect(await problems({ agreed: false })).toEqual([
    'agreed: The message leaves this computer for 127.0.0.1: agree to that first.',
  ])
  expect((await problems({ envelopeTo: [], envelopeFrom: 'a b' })).map((one) => one.split(':')[0])).toEqual(['envelopeFrom', 'envelopeTo']) // prettier-ignore
  expect((await problems({ envelopeTo: ['x'], way: 'resent' })).map((one) => one.split(':')[0])).toEqual(['envelopeTo[0]', 'resentFrom']) // prettier-ignore
  expect((await problems({ way: 'resent', resentFrom: 'a@b.test\r\nX: y' }))[0]).toMatch(/^resentFrom: /)
  for (const host of ['127.0.0.1', 'localhost'])
    expect((await problems({ target: { host, port: own, tls: 'none' } }))[0]).toContain('own local server')
  expect((await kept(here)).length).toBe(1)
})

test('an allowed name is not looked up where the request says', async () => {
  const target = { host: 'localhost', port, tls: 'none' as const, resolver: '192.0.2.53' }
  expect((await problems({ target }))[0]).toMatch(/^target\.resolver: .*leave the name server out/)
})

test('a host that wears its address as IPv6 is still ourselves', async () => {
  const hosts = ['127.0.0.1', 'localhost', '::ffff:7f00:1']
  expect(await here.client.call('inbox.setAllowedHosts', { hosts })).toMatchObject({ ok: true })
  const target = { host: '::ffff:7f00:1', port: own, tls: 'none' as const }
  expect((await problems({ target }))[0]).toContain('own local server')
})

test('a message that is not there is not found', async () => {
  await expect(here.client.call('inbox.release', plan({ id: 'none.1' }))).rejects.toMatchObject({ code: 'not-found' }) // prettier-ignore
})

test('byte for byte, with the envelope as it was, as a dialogue with its result', async () => {
  const started = await here.client.call('inbox.release', plan())
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const { session } = started
  const result = await here.client.call('dialogue.result', { session })
  expect(result).toMatchObject({ outcome: 'accepted', recipients: [{ accepted: true }, { accepted: true }] })
  expect(await kept(there)).toEqual([Buffer.from(source, 'utf8').toString('latin1')])
  const { items } = await there.client.call('inbox.list', {})
  expect(items[0]).toMatchObject({ mailFrom: 'bounce@shop.test', rcptTo: ['ines@quay.test', 'blind@quay.test'] }) // prettier-ignore
  expect(await here.client.call('transcript.get', { session })).toMatchObject({ source: 'send', port })
})

test('with Resent fields before it, to an envelope that was edited', async () => {
  const started = await here.client.call('inbox.release', plan({ way: 'resent', resentFrom: 'Ann <ann@x.test>', envelopeFrom: '', envelopeTo: ['Bob <bob@y.test>'] })) // prettier-ignore
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await here.client.call('dialogue.result', { session: started.session })
  const [newest] = await kept(there)
  expect(newest).toMatch(/^Resent-Date: .*\r\nResent-From: Ann <ann@x\.test>\r\nResent-To: bob@y\.test\r\nResent-Message-ID: <.*@x\.test>\r\nReceived: from a\r\n/) // prettier-ignore
  expect(newest?.endsWith(Buffer.from(source, 'utf8').toString('latin1'))).toBe(true)
  expect((await there.client.call('inbox.list', {})).items[0]).toMatchObject({ mailFrom: '', rcptTo: ['bob@y.test'] }) // prettier-ignore
})

test('who releases it is written as a mailbox, whatever its name is made of', async () => {
  const started = await here.client.call('inbox.release', plan({ way: 'resent', resentFrom: 'Lee, Ann (Q\u00e4) <ann@x.test>' })) // prettier-ignore
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await here.client.call('dialogue.result', { session: started.session })
  expect((await kept(there))[0]).toMatch(/\r\nResent-From: =\?UTF-8\?[BQ]\?[!->@-~]+\?= <ann@x\.test>\r\nResent-To: undisclosed-recipients:;\r\n/) // prettier-ignore
})
