/**
 * Our TLS scan beside sslscan and testssl.sh on the same servers: a real Postfix over STARTTLS and implicit TLS, and an
 * OpenSSL that still takes what is out of use. Versions, suites, their order and groups must be the same, cell by cell.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scanTls, type TlsScan } from '#engine/tlsScan/scanTls.ts'
import { cipherSuiteName } from '#shared/tls/cipherSuites.ts'
import { groupName } from '#shared/tls/groups.ts'
import type { TlsVersion } from '#shared/tls/versions.ts'
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts'
import { findProgram } from '../support/system.ts'

const exec = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'relayscope-tls-'))
const why = (program: string): string | null => (findProgram(program) ? null : `${program} is not installed`)
const noPostfix = whyNoPostfix()

interface Old {
  port: number
  child: ChildProcess
}
let postfix: Postfix | undefined
let old: Old | undefined

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** OpenSSL with everything it still can, down to TLS 1.0, RSA key exchange and suites in which nobody proves who he is. */
async function startOld(): Promise<Old> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const make = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '9']
  execFileSync('openssl', [...make, ...subject], { stdio: 'ignore' })
  const port = await freePort()
  const take = ['-accept', `127.0.0.1:${port}`, '-cert', cert, '-key', key, '-quiet', '-serverpref']
  const child = spawn('openssl', ['s_server', ...take, '-cipher', 'ALL:@SECLEVEL=0'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  for (let tries = 0; tries < 200 && !(await answers(port)); tries++)
    await new Promise((done) => setTimeout(done, 50))
  return { port, child }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

beforeAll(async () => {
  if (noPostfix === null) postfix = await startPostfix()
  if (findProgram('openssl')) old = await startOld()
})
afterAll(async () => {
  old?.child.kill()
  await postfix?.stop()
  rmSync(folder, { recursive: true })
})

type Mode = 'starttls' | 'implicit'
const ourScan = (port: number, mode: Mode): Promise<TlsScan> =>
  scanTls({
    target: { address: '127.0.0.1', port, mode, ehloName: '[127.0.0.1]', timeout: 10_000 },
    serverName: 'localhost',
  })

/** What a tool found: suites by version, by number, in its order; groups by version. */
interface Found {
  suites: Record<string, number[]>
  groups: Record<string, number[]>
}

const oursAs = ({ facts }: TlsScan): Found => ({
  suites: Object.fromEntries(
    facts.versions
      .filter(({ suites }) => suites.length > 0)
      .map(({ version, suites }) => [version, [...suites]]),
  ),
  groups: Object.fromEntries(facts.groups.map(({ version, groups }) => [version, [...groups]])),
})

const versionNames: Record<string, TlsVersion> = { 'TLSv1.0': 'TLSv1' }

const put = (list: Record<string, number[]>, version: string, number: number): void => {
  ;(list[versionNames[version] ?? version] ??= []).push(number)
}

async function sslscan(port: number, mode: Mode): Promise<Found> {
  const file = join(folder, `sslscan-${port}.xml`)
  const flags = [
    '--no-heartbleed',
    '--no-renegotiation',
    '--no-compression',
    '--no-fallback',
    '--sni-name=localhost',
  ]
  if (mode === 'starttls') flags.push('--starttls-smtp')
  await exec('sslscan', [...flags, `--xml=${file}`, `127.0.0.1:${port}`], { timeout: 100_000 })
  const found: Found = { suites: {}, groups: {} }
  const xml = readFileSync(file, 'utf8')
  for (const [, version = '', id = ''] of xml.matchAll(
    /<cipher [^>]*sslversion="([^"]+)"[^>]*id="0x([0-9A-F]+)"/gi,
  ))
    put(found.suites, version, Number.parseInt(id, 16) & 0xffff)
  for (const [, version = '', id = ''] of xml.matchAll(
    /<group sslversion="([^"]+)"[^>]*id="0x([0-9a-f]+)"/gi,
  ))
    put(found.groups, version, Number.parseInt(id, 16))
  return found
}

const named = (suites: Record<string, number[]>) =>
  Object.fromEntries(
    Object.entries(suites).map(([version, list]) => [version, list.map(cipherSuiteName).toSorted()]),
  )

/**
 * sslscan offers each group alone, and so misses in TLS 1.2 what a server takes only beside the curve of its certificate
 * (RFC 8422 §5.1): what we have more than it must be confirmed by a handshake of OpenSSL's.
 */
async function compareGroups(
  port: number,
  mode: Mode,
  ours: Found['groups'],
  theirs: Found['groups'],
): Promise<void> {
  expect(new Set(ours['TLSv1.3'])).toEqual(new Set(theirs['TLSv1.3']))
  const [more, known] = [ours['TLSv1.2'] ?? [], theirs['TLSv1.2'] ?? []]
  expect(known.filter((group) => !more.includes(group))).toEqual([])
  for (const group of more.filter((number) => !known.includes(number)))
    expect(await takenByOpenssl(port, mode, groupName(group))).toBe(true)
}

const keyNames: Record<string, RegExp> = {
  x25519: /Temp Key: X25519/,
  x448: /Temp Key: X448/,
  secp384r1: /Temp Key: ECDH, secp384r1/,
  secp521r1: /Temp Key: ECDH, secp521r1/,
}

async function takenByOpenssl(port: number, mode: Mode, group: string): Promise<boolean> {
  const flags = ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_2', '-groups', `${group}:prime256v1`]
  if (mode === 'starttls') flags.push('-starttls', 'smtp')
  const running = exec('openssl', flags, { timeout: 20_000 })
  running.child.stdin?.end('QUIT\r\n')
  const { stdout } = await running
  return keyNames[group]?.test(stdout) ?? false
}

describe('beside sslscan', () => {
  const missing = why('sslscan') ?? noPostfix ?? why('openssl')
  const servers: [string, () => number, Mode][] = [
    ['Postfix over STARTTLS', () => postfix!.ports.starttls, 'starttls'],
    ['Postfix over implicit TLS', () => postfix!.ports.implicit, 'implicit'],
    ['an OpenSSL that takes everything', () => old!.port, 'implicit'],
  ]
  for (const [name, port, mode] of servers)
    test(name, async ({ skip }) => {
      skip(missing !== null, missing ?? '')
      const theirs = await sslscan(port(), mode)
      const scan = await ourScan(port(), mode)
      const ours = oursAs(scan)
      expect(scan).toMatchObject({ limited: undefined, stopped: undefined, facts: { doubtful: false } })
      expect(Object.keys(ours.suites).length).toBeGreaterThan(1)
      expect(named(ours.suites)).toEqual(named(theirs.suites))
      await compareGroups(port(), mode, ours.groups, theirs.groups)
      for (const { version, order } of scan.facts.versions)
        if (order === 'server')
          expect([version, ours.suites[version]]).toEqual([version, theirs.suites[version]])
    })
})

describe('beside testssl.sh', () => {
  const missing = why('testssl') ?? noPostfix
  test('Postfix over implicit TLS', { timeout: 180_000 }, async ({ skip }) => {
    skip(missing !== null, missing ?? '')
    const port = postfix!.ports.implicit
    const file = join(folder, 'testssl.json')
    const flags = ['--quiet', '--color', '0', '--warnings', 'off', '--ip', 'one', '-E', '--jsonfile', file]
    // Its exit status counts what it found.
    await exec('testssl', [...flags, `127.0.0.1:${port}`], { timeout: 170_000 }).catch(() => undefined)
    const theirs: Record<string, number[]> = {}
    for (const [, minor = '', hex = ''] of readFileSync(file, 'utf8').matchAll(
      /"cipher-tls1(?:_(\d))?_x([0-9a-f]+)"/g,
    )) {
      const version = minor === '' ? 'TLSv1' : `TLSv1.${minor}`
      ;(theirs[version] ??= []).push(Number.parseInt(hex, 16))
    }
    expect(Object.keys(theirs).length).toBeGreaterThan(1)
    expect(named(oursAs(await ourScan(port, 'implicit')).suites)).toEqual(named(theirs))
  })
})
