/**
 * Our TLS scan beside sslscan and testssl.sh on the same servers: Postfix (OpenSSL), Exim (GnuTLS) and OpenSMTPD over
 * STARTTLS and implicit TLS, and an OpenSSL that still takes what is out of use. Versions, suites, their order and groups
 * must be the same, cell by cell.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupName } from '#shared/tls/groups.ts'
import { startExim, whyNoExim } from '../support/peers/exim.ts'
import { startOpenSmtpd, whyNoOpenSmtpd } from '../support/peers/openSmtpd.ts'
import type { Peer } from '../support/peers/peer.ts'
import { freePorts } from '../support/peers/ports.ts'
import { startPostfix, whyNoPostfix, type Postfix } from '../support/postfix.ts'
import { findProgram } from '../support/system.ts'
import {
  named,
  oursAs,
  oursInShort,
  ourScan,
  sslscan,
  takenByOpenssl,
  testsslSuites,
  testsslVersionsAndGroups,
  type Found,
  type Mode,
} from '../support/tls/scanners.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-tls-'))
const why = (program: string): string | null => (findProgram(program) ? null : `${program} is not installed`)
const noPostfix = whyNoPostfix()
const noExim = whyNoExim()
const noSmtpd = whyNoOpenSmtpd()

interface Old {
  port: number
  child: ChildProcess
}
let postfix: Postfix | undefined
let exim: Peer | undefined
let smtpd: Peer | undefined
let old: Old | undefined

/** OpenSSL with everything it still can, down to TLS 1.0, RSA key exchange and suites in which nobody proves who he is. */
async function startOld(): Promise<Old> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const make = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '9']
  execFileSync('openssl', [...make, ...subject], { stdio: 'ignore' })
  const { old: port } = await freePorts('old')
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
  if (noExim === null) exim = await startExim()
  if (noSmtpd === null) smtpd = await startOpenSmtpd()
  if (findProgram('openssl')) old = await startOld()
})
afterAll(async () => {
  old?.child.kill()
  await Promise.all([postfix?.stop(), exim?.stop(), smtpd?.stop()])
  rmSync(folder, { recursive: true })
})

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

describe('beside sslscan', () => {
  const missing = why('sslscan') ?? why('openssl')
  const servers: [string, string | null, () => number, Mode][] = [
    ['Postfix over STARTTLS', noPostfix, () => postfix!.ports.starttls, 'starttls'],
    ['Postfix over implicit TLS', noPostfix, () => postfix!.ports.implicit, 'implicit'],
    ['Exim (GnuTLS) over STARTTLS', noExim, () => exim!.ports.starttls, 'starttls'],
    ['Exim (GnuTLS) over implicit TLS', noExim, () => exim!.ports.implicit, 'implicit'],
    ['OpenSMTPD over STARTTLS', noSmtpd, () => smtpd!.ports.starttls, 'starttls'],
    ['OpenSMTPD over implicit TLS', noSmtpd, () => smtpd!.ports.implicit, 'implicit'],
    ['an OpenSSL that takes everything', null, () => old!.port, 'implicit'],
  ]
  for (const [name, none, port, mode] of servers)
    test(name, async ({ skip }) => {
      skip((missing ?? none) !== null, missing ?? none ?? '')
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

describe.concurrent('beside testssl.sh', { timeout: 180_000 }, () => {
  const missing = why('testssl')
  test('Postfix over implicit TLS: every suite in every version', async ({ skip, expect: holds }) => {
    skip((missing ?? noPostfix) !== null, missing ?? noPostfix ?? '')
    const theirs = await testsslSuites(postfix!.ports.implicit, 'implicit')
    holds(Object.keys(theirs).length).toBeGreaterThan(1)
    holds(named(oursAs(await ourScan(postfix!.ports.implicit, 'implicit')).suites)).toEqual(named(theirs))
  })

  // All its suites would take minutes: Exim starts a process for each of the hundreds of connections.
  test('Exim over implicit TLS: versions and groups', async ({ skip, expect: holds }) => {
    skip((missing ?? noExim) !== null, missing ?? noExim ?? '')
    const theirs = await testsslVersionsAndGroups(exim!.ports.implicit, 'implicit')
    const ours = oursInShort(await ourScan(exim!.ports.implicit, 'implicit'))
    holds(ours.versions).toEqual(theirs.versions)
    holds(new Set(ours.groups)).toEqual(new Set(theirs.groups))
  })
})
