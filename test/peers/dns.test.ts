/**
 * Our resolver and the facts of a domain against real name servers: BIND with signed zones, Unbound that validates them;
 * TLSA records against what a real Postfix sends, with OpenSSL's own verdict beside ours.
 */
import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { daneFacts, readDomain, readReverse, readTlsa, type DomainRead } from '#engine/domain/index.ts'
import { query } from '#engine/dns/query.ts'
import { readServer } from '#engine/dns/server.ts'
import type { RecordType } from '#engine/dns/types.ts'
import { diagnoseProbe } from '#shared/diagnosis/probe.ts'
import { runWith } from '../support/dns/domainRun.ts'
import { startPolicyServer, type PolicyServer } from '../support/dns/policyServer.ts'
import { startNamedPeers, whyNoNamedPeers, type NamedPeers } from '../support/namedPeers.ts'
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts'

const exec = promisify(execFile)
const missing = whyNoNamedPeers() ?? whyNoPostfix()

let postfix: Postfix
let peers: NamedPeers
let policy: PolicyServer
/** What Postfix sends, as OpenSSL's client shows it. */
let chain: Uint8Array[]

/** `openssl s_client` over STARTTLS; its verdict is in the text. */
async function openssl(...flags: string[]): Promise<string> {
  const args = ['s_client', '-connect', `127.0.0.1:${postfix.ports.starttls}`, '-starttls', 'smtp', ...flags]
  const running = exec('openssl', args, { timeout: 20_000 })
  running.child.stdin?.end('QUIT\r\n')
  return (await running).stdout
}

const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex')
const spkiOf = (der: Uint8Array): Uint8Array =>
  new Uint8Array(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' }))
const sha = (kind: string, data: Uint8Array): string => createHash(kind).update(data).digest('hex')

/** Usage, selector, matching type and the data that fits `der`. */
function right(usage: number, selector: number, matching: number, der: Uint8Array): string {
  const whole = selector === 0 ? der : spkiOf(der)
  const data = matching === 0 ? hex(whole) : sha(matching === 1 ? 'sha256' : 'sha512', whole)
  return `${usage} ${selector} ${matching} ${data}`
}
const wrong = `3 1 1 ${'0'.repeat(64)}`

function zoneOf(port: number): string[] {
  const name = (host: string): string => `_${port}._tcp.${host}`
  return [
    'x MX 20 mx2.x', 'x MX 10 mx1.x', 'mx1.x A 127.0.0.1', 'mx2.x A 127.0.0.3', 'mx2.x AAAA ::1',
    'null MX 0 .', 'own A 127.0.0.4', 'alias MX 5 al', 'al CNAME mx1.x', 'literal MX 5 192.0.2.1', 'ghost MX 5 nobody',
    `${name('mx1.x')} TLSA ${right(3, 1, 1, chain[0]!)}`,
    `${name('mx2.x')} TLSA ${wrong}`,
    '_mta-sts.x TXT "v=STSv1; id=1"', 'mta-sts.x A 127.0.0.1', '_smtp._tls.x TXT "v=TLSRPTv1; rua=mailto:t@x.test"',
    ...Array.from({ length: 90 }, (_, i) => `big TXT "${i} ${'x'.repeat(200)}"`),
    'loop1 CNAME loop2', 'loop2 CNAME loop1', 'b\\032ad TXT "x"',
  ]
} // prettier-ignore

beforeAll(async () => {
  if (missing !== null) return
  postfix = await startPostfix()
  const pem = (await openssl('-showcerts')).match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  )
  chain = (pem ?? []).map((block) => new Uint8Array(new X509Certificate(block).raw))
  const plain = ['@ MX 0 mx', 'mx A 127.0.0.1', `_${postfix.ports.starttls}._tcp.mx TLSA ${wrong}`]
  peers = await startNamedPeers({ test: zoneOf(postfix.ports.starttls), plain, bogus: plain })
  const text = 'version: STSv1\nmode: enforce\nmx: mx1.x.test\nmax_age: 86400\n'
  policy = await startPolicyServer('mta-sts.x.test', text)
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

const ask = <T extends RecordType>(server: string, name: string, type: T, dnssec = false) => {
  const read = readServer(server)
  if (!read.ok) throw new Error(read.message)
  return query({ servers: [read.server], name, type, timeout: 10_000, retries: 1, dnssec, unchecked: false })
}
async function domain(name: string, validating = true) {
  const run = runWith({ server: validating ? peers.validating : peers.authority, validating }, 10_000)
  const { resolver, journal, signal } = run
  const read: DomainRead = await readDomain(name, {
    resolver,
    journal,
    signal,
    timeout: 10_000,
    ca: policy.ca,
    policyPort: policy.port,
    mxPort: postfix.ports.starttls,
    now: () => new Date(),
  })
  return { read, run }
}

describe('the resolver', () => {
  scenario('AD comes through Unbound and not through BIND; both send signatures', async () => {
    const through = await ask(peers.validating, 'x.test', 'MX', true)
    expect(through).toMatchObject({ outcome: 'answers', authentic: true, signed: true })
    const straight = await ask(peers.authority, 'x.test', 'MX', true)
    expect(straight).toMatchObject({ outcome: 'answers', authentic: false, signed: true })
    expect(straight.records.toSorted((a, b) => a.preference - b.preference)).toEqual([
      { preference: 10, exchange: 'mx1.x.test' },
      { preference: 20, exchange: 'mx2.x.test' },
    ])
    expect(await ask(peers.authority, 'x.test', 'MX')).toMatchObject({ signed: false })
  })
  scenario('a large answer comes over TCP', async () => {
    const big = await ask(peers.authority, 'big.test', 'TXT')
    expect(big).toMatchObject({ outcome: 'answers', transport: 'tcp', sent: 2 })
    expect(big.records).toHaveLength(90)
  })
  scenario('no name, no data, a zone of others, wrong signatures, a circle', async () => {
    expect(await ask(peers.validating, 'nobody.test', 'A', true)).toMatchObject({ outcome: 'not-found', authentic: true }) // prettier-ignore
    expect(await ask(peers.validating, 'mx1.x.test', 'AAAA', true)).toMatchObject({ outcome: 'no-data', authentic: true }) // prettier-ignore
    expect(await ask(peers.authority, 'example.org', 'A')).toMatchObject({ outcome: 'refused' })
    expect(await ask(peers.validating, 'bogus', 'MX', true)).toMatchObject({ outcome: 'server-failure', detail: expect.stringContaining('SERVFAIL') }) // prettier-ignore
    expect((await ask(peers.authority, 'loop1.test', 'A')).outcome).toBe('server-failure')
    expect(await ask(peers.authority, 'al.test', 'A')).toMatchObject({ records: ['127.0.0.1'], aliases: ['mx1.x.test'] }) // prettier-ignore
  })
})

describe('a domain', () => {
  scenario('with MX, TLSA, policy and reports', async () => {
    const { read, run } = await domain('x.test')
    expect(read).toMatchObject({
      domain: { mx: 'found', security: 'secure', hosts: ['mx1.x.test', 'mx2.x.test'], hasAddress: false },
      mtaSts: { record: 'found', policy: 'read', mode: 'enforce', patterns: ['mx1.x.test'] },
      tlsReporting: { record: 'found', reports: ['mailto:t@x.test'] },
    })
    expect(read.domain.records?.[1]).toEqual({ preference: 20, host: 'mx2.x.test', addresses: ['127.0.0.3', '::1'] }) // prettier-ignore
    expect(run.events().filter(({ kind }) => kind === 'tls')).toMatchObject([{ verified: true }])
    const found = diagnoseProbe({ host: 'x.test', attempts: [], controls: [], domain: read.domain, mtaSts: read.mtaSts }) // prettier-ignore
    expect(found.map(({ code }) => code)).toContain('mta-sts-mismatch')
  })
  scenario('that takes no mail, is its own MX, does not exist', async () => {
    expect((await domain('null.test')).read.domain).toMatchObject({ mx: 'null', hosts: [] })
    expect((await domain('own.test')).read.domain).toMatchObject({ mx: 'none', hasAddress: true })
    expect((await domain('nobody.test')).read.domain).toMatchObject({ mx: 'none', hasAddress: false })
    expect((await domain('bogus')).read.domain).toMatchObject({ mx: 'failed', security: 'bogus' })
  })
  scenario('whose MX is an alias, an address, nobody', async () => {
    expect((await domain('alias.test')).read.domain.records).toMatchObject([{ host: 'al.test', problem: 'alias' }]) // prettier-ignore
    // BIND itself completes the four labels with the zone's name: then it is a name that nobody has.
    expect((await domain('literal.test')).read.domain.records).toMatchObject([{ problem: 'not-found' }])
    expect((await domain('ghost.test')).read.domain.records).toMatchObject([{ problem: 'not-found' }])
  })
  scenario('whose address has no name', async () => {
    const { witness } = runWith({ server: peers.authority, validating: false }, 10_000)
    expect(await readReverse('127.0.0.1', witness)).toMatchObject({ state: 'unanswered', names: [] })
  })
})

const readDane = async (host: string, validating = true) => {
  const { witness } = runWith({ server: validating ? peers.validating : peers.authority, validating }, 10_000)
  const tlsa = await readTlsa(host, postfix.ports.starttls, witness)
  // The rules are about port 25, which only root may listen on.
  return { ...daneFacts(tlsa, { chain, starttls: true, now: new Date() }), port: 25 }
}
const daneCodes = async (...args: Parameters<typeof readDane>) =>
  diagnoseProbe({ host: 'x.test', attempts: [], controls: [], dane: [await readDane(...args)] }).map(
    ({ code }) => code,
  )

describe('DANE', () => {
  scenario('right, wrong, in a zone without signatures, with wrong ones, and not proven', async () => {
    expect(await readDane('mx1.x.test')).toMatchObject({ security: 'secure', records: [{ usage: 3, matches: true }] }) // prettier-ignore
    expect(await daneCodes('mx1.x.test')).toEqual(['dane-ok'])
    expect(await daneCodes('mx2.x.test')).toEqual(['dane-mismatch'])
    expect(await readDane('mx.plain')).toMatchObject({ security: 'insecure' })
    expect(await daneCodes('mx.plain')).toEqual(['dane-insecure-dns'])
    expect(await readDane('mx.bogus')).toMatchObject({ security: 'bogus', records: [] })
    expect(await readDane('mx1.x.test', false)).toMatchObject({ security: 'unproven', records: [{ matches: true }] }) // prettier-ignore
    expect(await daneCodes('mx1.x.test', false)).toEqual(['dane-insecure-dns'])
  })
  scenario('every form of record has OpenSSL’s verdict', async () => {
    const forms = [2, 3].flatMap((usage) => [0, 1].flatMap((selector) => [0, 1, 2].map((matching) => [usage, selector, matching] as const))) // prettier-ignore
    let yes = 0
    for (const [usage, selector, matching] of forms)
      for (const [der, name] of [[chain[0]!, 'mx.peer.test'], [chain.at(-1)!, 'mx.peer.test'], [chain.at(-1)!, 'mx.other.test']] as const) {
        const text = right(usage, selector, matching, der)
        const said = await openssl('-dane_tlsa_domain', name, '-dane_tlsa_rrdata', text)
        const theirs = /Verification: OK/.test(said)
        const data = new Uint8Array(Buffer.from(text.split(' ')[3] ?? '', 'hex'))
        const record = { usage, selector, matching, data }
        const { proof, security } = await readDane('mx1.x.test')
        const facts = daneFacts({ host: name, port: 25, security, proof, answered: true, records: [record] }, { chain, starttls: true, now: new Date() })
        expect([text.slice(0, 5), name, facts.records[0]?.matches]).toEqual([text.slice(0, 5), name, theirs])
        if (theirs) yes += 1
      }
    expect(yes).toBe(12)
  }) // prettier-ignore
})
