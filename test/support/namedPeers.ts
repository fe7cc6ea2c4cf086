/**
 * Owns: real name servers on loopback for the tests, whole in one temporary folder: BIND with a signed zone `test`, a zone
 * `bogus` whose key nobody believes and a zone `plain` without signatures; Unbound, which validates what BIND serves.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts } from './peers/ports.ts'
import { findProgram } from './system.ts'

const exec = promisify(execFile)

/** Lines of a zone file, without its head. */
export interface Zones {
  test: readonly string[]
  bogus: readonly string[]
  plain: readonly string[]
}

export interface NamedPeers {
  /** `127.0.0.1:PORT` of BIND: authoritative, and it looks nothing up for others. */
  authority: string
  /** `127.0.0.1:PORT` of Unbound. */
  validating: string
  stop(): Promise<void>
}

/** Why the name servers cannot run here, or null. */
export function whyNoNamedPeers(): string | null {
  for (const program of ['named', 'unbound', 'dig'])
    if (findProgram(program) === null) return `${program} is not installed`
  return null
}

export async function startNamedPeers(zones: Zones): Promise<NamedPeers> {
  const home = mkdtempSync(join(tmpdir(), 'relayscope-named-'))
  const { port, validatingPort } = await freePorts('port', 'validatingPort')
  const running: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(running.map(end))
    rmSync(home, { recursive: true, force: true })
  }
  try {
    writeNamed(home, port, zones)
    running.push(run('named', ['-f', '-c', join(home, 'named.conf')], join(home, 'named.log')))
    const keys = await whenSigned(home, port)
    writeUnbound(home, { port, validatingPort, keys })
    running.push(run('unbound', ['-d', '-c', join(home, 'unbound.conf')], join(home, 'unbound.out')))
    await until(home, async () => (await dig(validatingPort, 'test', 'SOA', '+dnssec')).includes(' ad'))
  } catch (error) {
    await stop()
    throw error
  }
  return { authority: `127.0.0.1:${port}`, validating: `127.0.0.1:${validatingPort}`, stop }
}

function run(program: string, args: string[], log: string): ChildProcess {
  const child = spawn(findProgram(program) ?? program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const lines: string[] = []
  child.stderr?.on('data', (bytes: Buffer) => {
    lines.push(bytes.toString())
    writeFileSync(log, lines.slice(-200).join(''))
  })
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const over = once(child, 'exit')
  child.kill('SIGTERM')
  await over
}

function writeNamed(home: string, port: number, zones: Zones): void {
  const head = ['$TTL 60', '@ IN SOA ns.test. root.test. 1 60 60 6000 60', '@ NS ns.test.']
  mkdirSync(join(home, 'keys'))
  for (const [name, lines] of Object.entries(zones)) {
    const own = name === 'test' ? ['ns A 127.0.0.1'] : []
    writeFileSync(join(home, `${name}.zone`), [...head, ...own, ...lines, ''].join('\n'))
  }
  const signed = 'dnssec-policy "peer"; inline-signing yes; key-directory "keys";'
  const zone = (name: string, more: string): string =>
    `zone "${name}" { type primary; file "${join(home, `${name}.zone`)}"; ${more} };`
  writeFileSync(
    join(home, 'named.conf'),
    [
      `options { directory "${home}"; pid-file none; session-keyfile "${join(home, 'session.key')}";`,
      `listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; allow-query { any; };`,
      `dnssec-validation no; managed-keys-directory "${home}"; };`,
      'controls { };',
      'dnssec-policy "peer" { keys { csk lifetime unlimited algorithm ecdsap256sha256; }; };',
      zone('test', signed),
      zone('bogus', signed),
      zone('plain', ''),
      '',
    ].join('\n'),
  )
}

/** Unbound believes the key of `test`, takes the same key for that of `bogus`, and expects none for `plain`. */
function writeUnbound(home: string, at: { port: number; validatingPort: number; keys: string[] }): void {
  const { port, validatingPort, keys } = at
  const anchors = keys.flatMap((key) => [`test. IN DNSKEY ${key}`, `bogus. IN DNSKEY ${key}`])
  const stub = (name: string): string => `stub-zone:\n name: "${name}"\n stub-addr: 127.0.0.1@${port}`
  writeFileSync(
    join(home, 'unbound.conf'),
    [
      'server:',
      ` interface: 127.0.0.1@${validatingPort}\n port: ${validatingPort}`,
      ` username: ""\n chroot: ""\n directory: "${home}"\n pidfile: ""\n use-syslog: no`,
      ' do-ip6: no\n do-not-query-localhost: no\n access-control: 127.0.0.0/8 allow',
      ' module-config: "validator iterator"\n local-zone: "test." nodefault\n domain-insecure: "plain"',
      ...anchors.map((anchor) => ` trust-anchor: "${anchor}"`),
      ...['test', 'bogus', 'plain'].map(stub),
      // Nothing leaves this computer.
      'forward-zone:\n name: "."\n forward-addr: 127.0.0.1@9',
      'remote-control:\n control-enable: no',
      '',
    ].join('\n'),
  )
}

async function dig(port: number, ...words: string[]): Promise<string> {
  const args = ['@127.0.0.1', '-p', String(port), '+tries=1', '+time=2', ...words]
  return (await exec('dig', args).catch(() => ({ stdout: '' }))).stdout
}

/** Whether a line is the signature over what has this type. */
const signs = (type: string) => (line: string) => line.startsWith(`${type} 13 `)

/**
 * The keys of `test` once both zones are signed, the keys too: `257 3 13 …`. A validator that finds a key without its
 * signature takes the zone for forged, and asks no more for a minute.
 */
async function whenSigned(home: string, port: number): Promise<string[]> {
  let keys: string[] = []
  await until(home, async () => {
    const answers = await Promise.all([
      dig(port, '+dnssec', '+short', 'test', 'DNSKEY'),
      dig(port, '+dnssec', '+short', 'test', 'SOA'),
      dig(port, '+dnssec', '+short', 'bogus', 'SOA'),
    ])
    const [ofKeys, ...others] = answers.map((answer) => answer.split('\n'))
    keys = ofKeys!.filter((line) => line.startsWith('257 '))
    return (
      keys.length > 0 && ofKeys!.some(signs('DNSKEY')) && others.every((lines) => lines.some(signs('SOA')))
    )
  })
  return keys
}

async function until(home: string, done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await done()) return
    await new Promise((wait) => setTimeout(wait, 100))
  }
  const log = ['named.log', 'unbound.out'].map((file) => {
    try {
      return readFileSync(join(home, file), 'utf8')
    } catch {
      return ''
    }
  })
  throw new Error(`the name servers do not come up:\n${log.join('\n')}`)
}
