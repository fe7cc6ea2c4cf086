/** Owns: what our TLS scan, sslscan and testssl.sh find of one port, in one form, so that it can be compared cell by cell. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { scanTls, type TlsScan } from '#engine/tlsScan/scanTls.ts'
import { cipherSuiteName } from '#shared/tls/cipherSuites.ts'
import { groupName, groupNumbers } from '#shared/tls/groups.ts'
import type { TlsVersion } from '#shared/tls/versions.ts'

const exec = promisify(execFile)

export type Mode = 'starttls' | 'implicit'

/** Suites by version, by number, in the order told; groups by version. */
export interface Found {
  suites: Record<string, number[]>
  groups: Record<string, number[]>
}

export const ourScan = (port: number, mode: Mode): Promise<TlsScan> =>
  scanTls({
    target: { address: '127.0.0.1', port, mode, ehloName: '[127.0.0.1]', timeout: 10_000 },
    serverName: 'localhost',
  })

export const oursAs = ({ facts }: TlsScan): Found => ({
  suites: Object.fromEntries(
    facts.versions
      .filter(({ suites }) => suites.length > 0)
      .map(({ version, suites }) => [version, [...suites]]),
  ),
  groups: Object.fromEntries(facts.groups.map(({ version, groups }) => [version, [...groups]])),
})

/** Suites by version, each list by name and sorted. */
export const named = (suites: Found['suites']): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(suites).map(([version, list]) => [version, list.map(cipherSuiteName).toSorted()]),
  )

const versionNames: Record<string, TlsVersion> = { 'TLSv1.0': 'TLSv1' }

const put = (list: Record<string, number[]>, version: string, number: number): void => {
  ;(list[versionNames[version] ?? version] ??= []).push(number)
}

/** Runs `act` with the path of a file that is gone afterwards; answers with what was written there. */
async function written(act: (file: string) => Promise<unknown>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-tls-'))
  try {
    await act(join(folder, 'report'))
    return readFileSync(join(folder, 'report'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const quick = ['--no-heartbleed', '--no-renegotiation', '--no-compression', '--no-fallback']

/** Versions, suites and groups. */
export async function sslscan(port: number, mode: Mode): Promise<Found> {
  const flags = [...quick, '--sni-name=localhost', ...(mode === 'starttls' ? ['--starttls-smtp'] : [])]
  const xml = await written((file) =>
    exec('sslscan', [...flags, `--xml=${file}`, `127.0.0.1:${port}`], { timeout: 100_000 }),
  )
  const found: Found = { suites: {}, groups: {} }
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

/** Findings of testssl.sh by their id. Its exit status counts what it found. */
async function testssl(port: number, mode: Mode, checks: readonly string[]): Promise<Map<string, string>> {
  const flags = ['--quiet', '--color', '0', '--warnings', 'off', '--ip', 'one', ...checks]
  if (mode === 'starttls') flags.push('--starttls', 'smtp')
  const json = await written((file) =>
    exec('testssl', [...flags, '--jsonfile', file, `127.0.0.1:${port}`], { timeout: 170_000 }).catch(
      () => undefined,
    ),
  )
  const rows = json.matchAll(/"id"\s*:\s*"([^"]*)"[^}]*?"finding"\s*:\s*"([^"]*)"/g)
  return new Map(Array.from(rows, ([, id = '', finding = '']) => [id, finding]))
}

/** Suites by version, as its check of every suite in every version has them. */
export async function testsslSuites(port: number, mode: Mode): Promise<Found['suites']> {
  const suites: Found['suites'] = {}
  for (const id of (await testssl(port, mode, ['-E'])).keys()) {
    const [, minor, hex] = /^cipher-tls1(?:_(\d))?_x([0-9a-f]+)$/.exec(id) ?? []
    if (hex !== undefined)
      put(suites, minor === undefined ? 'TLSv1' : `TLSv1.${minor}`, Number.parseInt(hex, 16))
  }
  return suites
}

const testsslVersions: Record<string, string> = {
  SSLv3: 'SSLv3',
  TLS1: 'TLSv1',
  TLS1_1: 'TLSv1.1',
  TLS1_2: 'TLSv1.2',
  TLS1_3: 'TLSv1.3',
}
const testsslCurves: Record<string, string> = { prime256v1: 'secp256r1', X25519: 'x25519', X448: 'x448' }

/** Versions and groups, which take it a quarter of the time of all suites. */
export async function testsslVersionsAndGroups(
  port: number,
  mode: Mode,
): Promise<{ versions: string[]; groups: string[] }> {
  const found = await testssl(port, mode, ['-p', '-f'])
  const versions = Object.entries(testsslVersions).flatMap(([id, version]) =>
    found.get(id)?.startsWith('offered') === true ? [version] : [],
  )
  const words = ['PFS_ECDHE_curves', 'DH_groups'].flatMap((id) => found.get(id)?.split(' ') ?? [])
  return { versions, groups: words.map((word) => testsslCurves[word] ?? word) }
}

/** As testssl.sh says it: versions, and the groups of all of them together, by name. */
export const oursInShort = ({ facts }: TlsScan): { versions: string[]; groups: string[] } => {
  const all = new Set(facts.groups.flatMap(({ groups }) => groups))
  return {
    versions: facts.versions.filter(({ suites }) => suites.length > 0).map(({ version }) => version),
    groups: groupNumbers.filter((group) => all.has(group)).map(groupName),
  }
}

const keyNames: Record<string, RegExp> = {
  x25519: /Temp Key: X25519/,
  x448: /Temp Key: X448/,
  secp384r1: /Temp Key: ECDH, secp384r1/,
  secp521r1: /Temp Key: ECDH, secp521r1/,
}

/** Whether OpenSSL's own handshake in TLS 1.2 ends up with this group, beside the curve of the certificate. */
export async function takenByOpenssl(port: number, mode: Mode, group: string): Promise<boolean> {
  const flags = ['s_client', '-connect', `127.0.0.1:${port}`, '-tls1_2', '-groups', `${group}:prime256v1`]
  if (mode === 'starttls') flags.push('-starttls', 'smtp')
  const running = exec('openssl', flags, { timeout: 20_000 })
  running.child.stdin?.end('QUIT\r\n')
  const { stdout } = await running
  return keyNames[group]?.test(stdout) ?? false
}
