import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fetchPolicy, type Fetched } from '#engine/domain/policyFetch.ts'
import { a } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns, type DomainRun } from '#test/support/dns/domainRun.ts'
import { plainText, startPolicyServer, type PolicyServer } from '#test/support/dns/policyServer.ts'

const host = 'mta-sts.x.test'
const path = '/.well-known/mta-sts.txt'
let server: PolicyServer
beforeAll(async () => {
  server = await startPolicyServer(host)
})
afterAll(() => server.stop())
afterEach(stopDns)

type Options = Partial<Parameters<typeof fetchPolicy>[0]>
async function go(options: Options = {}, records = [a(host, '127.0.0.1'), a('other.test', '127.0.0.1')]): Promise<{ fetched: Fetched; run: DomainRun }> {
  const run = await domainRun(records)
  const { port, ca } = server
  const fetched = await fetchPolicy({ host, path, port, ca, timeout: 5000, now: () => new Date(), signal: run.signal, ...options }, run.witness)
  return { fetched, run }
} // prettier-ignore

test('read, with look-up, connection, certificate and text as evidence', async () => {
  server.answer = plainText('version: STSv1\r\n', 'text/plain; charset=utf-8')
  const { fetched, run } = await go()
  expect(fetched).toMatchObject({ how: 'read', text: 'version: STSv1\r\n' })
  const kinds = fetched.events.map((number) => run.events()[number - 1]?.kind)
  expect(kinds).toEqual(['resolve', 'resolve', 'connect', 'tls', 'remark'])
  expect(run.events()).toMatchObject([{ name: host }, { name: host }, { address: '127.0.0.1' }, { outcome: 'established', verified: true, sni: host }, { text: expect.stringContaining('version: STSv1') }]) // prettier-ignore
  expect(server.asked.at(-1)).toBe(`${host} ${path}`)
})
test.each<[string, Parameters<PolicyServer['answer']>[0] extends infer R ? (response: R) => void : never, object]>([
  ['a redirect', (response) => void response.writeHead(301, { location: `https://${host}/x` }).end(), { how: 'invalid', problem: 'it answers with a redirect (301), which must not be followed' }],
  ['not found', (response) => void response.writeHead(404).end('version: STSv1'), { how: 'unreachable', problem: 'it answers with status 404' }],
  ['a page', plainText('<p>', 'text/html'), { how: 'invalid', problem: 'its content type is text/html instead of text/plain' }],
  ['no content type', (response) => void response.writeHead(200).end('x'), { how: 'invalid', problem: 'its content type is missing instead of text/plain' }],
  ['more than 64 KiB', plainText('x'.repeat(65_537)), { how: 'invalid', problem: 'it is longer than 64.0 KiB' }],
  ['64 KiB', plainText('x'.repeat(65_536)), { how: 'read' }],
  ['a broken answer', (response) => { response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '99' }); response.write('version'); response.socket?.destroySoon() }, { how: 'unreachable', problem: 'the connection broke before the answer was complete' }],
])('%s', async (_, answer, expected) => {
  server.answer = answer
  const before = server.asked.length
  expect((await go()).fetched).toMatchObject(expected)
  expect(server.asked.length).toBe(before + 1)
}) // prettier-ignore
test('an answer that never ends', async () => {
  server.answer = (response) =>
    void response.writeHead(200, { 'content-type': 'text/plain' }).write('version')
  expect((await go({ timeout: 1500 })).fetched).toMatchObject({ how: 'unreachable', problem: 'the answer was not complete in time' }) // prettier-ignore
})
test('a certificate of a stranger, or for another name, is not trusted, and nothing is asked over it', async () => {
  const before = server.asked.length
  const { fetched, run } = await go({ ca: undefined })
  expect(fetched).toMatchObject({
    how: 'untrusted',
    problem: `the certificate of ${host} cannot be verified`,
  })
  expect(fetched.events.map((number) => run.events()[number - 1]?.kind)).toContain('tls')
  expect((await go({ host: 'other.test' })).fetched).toMatchObject({ how: 'untrusted' })
  expect(server.asked.length).toBe(before)
})
test('no name, nobody there, no TLS', async () => {
  expect((await go({}, [])).fetched).toMatchObject({ how: 'unreachable', problem: `${host} has no address` })
  const plain: Server = createServer((socket) => void socket.on('error', () => {}).resume().end('HTTP/1.0 400 plain\r\n\r\n')) // prettier-ignore
  await new Promise<void>((done) => plain.listen(0, '127.0.0.1', done))
  const { port } = plain.address() as AddressInfo
  expect((await go({ port })).fetched).toMatchObject({ how: 'unreachable', problem: `TLS with ${host}: the answer is not TLS` }) // prettier-ignore
  await new Promise((done) => plain.close(done))
  expect((await go({ port })).fetched).toMatchObject({ how: 'unreachable', problem: `${host} takes no connection on port ${port}` }) // prettier-ignore
})
test('cancelled while the answer is awaited', async () => {
  const run = await domainRun([a(host, '127.0.0.1')])
  server.answer = () => run.abort.abort()
  const { port, ca } = server
  expect(await fetchPolicy({ host, path, port, ca, timeout: 60_000, now: () => new Date(), signal: run.signal }, run.witness)).toMatchObject({ how: 'unreachable', problem: 'cancelled' }) // prettier-ignore
})
