/**
 * The way of the relay's mail against real name servers: BIND with signed zones, Unbound that validates them, and the
 * certificate of a real Postfix judged by the TLSA records that the way was found with.
 */
import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { daneVerdict } from '#engine/relay/route/dane.ts'
import { createRouter } from '#engine/relay/route/router.ts'
import type { Route, TlsDemand } from '#engine/relay/types.ts'
import { plainText, startPolicyServer, type PolicyServer } from '../support/dns/policyServer.ts'
import { startNamedPeers, whyNoNamedPeers, type NamedPeers } from '../support/namedPeers.ts'
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts'
import { legTo, rulesWith } from '../support/relay/routeRun.ts'

const exec = promisify(execFile)
const missing = whyNoNamedPeers() ?? whyNoPostfix()

let postfix: Postfix
let peers: NamedPeers
let policy: PolicyServer
/** What Postfix sends, its own certificate first. */
let chain: Uint8Array[]

async function chainOf(port: number): Promise<Uint8Array[]> {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-starttls', 'smtp', '-showcerts']
  const running = exec('openssl', args, { timeout: 20_000 })
  running.child.stdin?.end('QUIT\r\n')
  const pem = (await running).stdout.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return pem.map((block) => new Uint8Array(new X509Certificate(block).raw))
}

const right = (der: Uint8Array): string => `3 0 1 ${createHash('sha256').update(der).digest('hex')}`
const wrong = `3 0 1 ${'0'.repeat(64)}`

function zoneOf(port: number): string[] {
  const name = (host: string): string => `_${port}._tcp.${host}`
  return [
    'x MX 20 mx2.x', 'x MX 10 mx1.x', 'x MX 30 mx3.x', 'mx1.x A 127.0.0.1', 'mx2.x A 127.0.0.3', 'mx2.x AAAA ::1', 'mx3.x A 127.0.0.4',
    `${name('mx1.x')} TLSA ${right(chain[0]!)}`, `${name('mx2.x')} TLSA ${wrong}`, `${name('mx3.x')} TLSA 1 0 1 ${'0'.repeat(64)}`,
    'sts MX 10 mx1.sts', 'sts MX 20 mx2.sts', 'mx1.sts A 127.0.0.1', 'mx2.sts A 127.0.0.3',
    '_mta-sts.sts TXT "v=STSv1; id=1"', 'mta-sts.sts A 127.0.0.1',
    'null MX 0 .', 'own A 127.0.0.4', 'alias MX 5 al.alias', 'al.alias CNAME mx1.x', 'ghost MX 5 nobody', 'empty TXT "x"',
  ]
} // prettier-ignore

beforeAll(async () => {
  if (missing !== null) return
  postfix = await startPostfix()
  const port = postfix.ports.starttls
  chain = await chainOf(port)
  const plain = ['@ MX 0 mx', 'mx A 127.0.0.1', `_${port}._tcp.mx TLSA ${wrong}`]
  peers = await startNamedPeers({ test: zoneOf(port), plain, bogus: plain })
  policy = await startPolicyServer('mta-sts.sts.test')
  policy.answer = plainText('version: STSv1\nmode: enforce\nmx: mx1.sts.test\nmax_age: 86400\n')
}, 120_000)
afterAll(async () => {
  await policy?.stop()
  await peers?.stop()
  await postfix?.stop()
})

const scenario = (name: string, run: () => Promise<void>): void =>
  test(name, async ({ skip }) => {
    skip(missing !== null, missing ?? '')
    await run()
  })

async function plan(domain: string, validating = true): Promise<Route> {
  const router = createRouter({ ownPlaces: () => [], now: () => new Date(), random: () => 0, policyPort: policy.port, ca: policy.ca }) // prettier-ignore
  const resolver = validating ? peers.validating : peers.authority
  const settings = { resolver, resolverValidates: validating, mxPort: postfix.ports.starttls }
  return router.plan(legTo(domain), rulesWith({ settings, allowed: [domain] }))
}
const hopsOf = (route: Route): string[] =>
  route.kind === 'smtp' ? route.hops.map(({ host, tls: { level, from } }) => `${host} ${level} ${from}`) : [JSON.stringify(route)] // prettier-ignore
const demandsOf = (route: Route): TlsDemand[] =>
  route.kind === 'smtp' ? route.hops.map(({ tls }) => tls) : []

scenario(
  'signed MX with TLSA: each hop by its own records, and Postfix’s certificate fits the right ones',
  async () => {
    const route = await plan('x.test')
    expect(hopsOf(route)).toEqual([
      'mx1.x.test dane DANE',
      'mx2.x.test dane DANE',
      'mx3.x.test required DANE, with records that mail does not use',
    ])
    const [first, second] = demandsOf(route)
    expect(daneVerdict(first!, chain, new Date())).toEqual({ ok: true })
    expect(daneVerdict(second!, chain, new Date())).toMatchObject({ ok: false })
  },
)
scenario('the same by a name server that proves nothing', async () => {
  expect(hopsOf(await plan('x.test', false))).toEqual(['mx1', 'mx2', 'mx3'].map((host) => `${host}.x.test opportunistic default`)) // prettier-ignore
})
scenario('zones that are not signed, and signed wrongly', async () => {
  expect(hopsOf(await plan('plain'))).toEqual(['mx.plain opportunistic default'])
  expect(await plan('bogus')).toMatchObject({ kind: 'failed', permanent: false, enhanced: '4.4.3', words: expect.stringContaining('forged') }) // prettier-ignore
})
scenario('MTA-STS that is enforced', async () => {
  expect(hopsOf(await plan('sts.test'))).toEqual(['mx1.sts.test verified MTA-STS'])
})
scenario('null MX, no MX, an alias, nobody behind the MX, no such domain', async () => {
  expect(await plan('null.test')).toMatchObject({ code: 556, enhanced: '5.1.10', permanent: true })
  expect(hopsOf(await plan('own.test'))).toEqual(['own.test opportunistic default'])
  expect(hopsOf(await plan('alias.test'))).toEqual(['al.alias.test dane DANE'])
  expect(await plan('ghost.test')).toMatchObject({ enhanced: '5.4.4', permanent: true })
  expect(await plan('nobody.test')).toMatchObject({ enhanced: '5.1.2', words: expect.stringContaining('does not exist') }) // prettier-ignore
  expect(await plan('empty.test')).toMatchObject({ enhanced: '5.1.2', words: expect.stringContaining('neither') }) // prettier-ignore
})
