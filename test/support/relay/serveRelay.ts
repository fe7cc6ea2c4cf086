/**
 * Owns: `serve --config` with a relay's rules as processes of their own, a second server to deliver to, swaks as their
 * client. What was started ends after each test.
 */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { type Cli, startCli, startServe } from '../cli.ts'
import { freePorts } from '../peers/ports.ts'
import { findProgram } from '../system.ts'

let current: string | null = null

/** One for each test, made when it is first asked for. Hooks of this module would hold for the first file of a worker alone. */
export function folder(): string {
  if (current !== null) return current
  const made = mkdtempSync(join(tmpdir(), 'relayscope-relay-'))
  onTestFinished(() => {
    current = null
    rmSync(made, { recursive: true, force: true })
  })
  return (current = made)
}

/** It ends with the test, before its folder goes. */
function ending(cli: Cli): Cli {
  onTestFinished(() => cli.stop().then(() => undefined))
  return cli
}

export const noSwaks = findProgram('swaks') === null ? 'swaks is not installed' : ''

/** Rules that begin with one listener. */
export const listens =
  (rest: string) =>
  (port: number): string =>
    `smtp-listener 127.0.0.1:${port}\n${rest}`

/** A command that ends after the test. */
export function start(args: readonly string[]): Cli {
  return ending(startCli(args))
}

/** One PEM with certificate and key, as the notation asks for. */
export function certificate(): string {
  const [key, crt, both] = ['mx.key', 'mx.crt', 'mx.pem'].map((name) => join(folder(), name)) as [string, string, string] // prettier-ignore
  const names = ['-subj', '/CN=mail.yourserver.com', '-addext', 'subjectAltName=DNS:mail.yourserver.com']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30', '-keyout', key, '-out', crt, ...names], { stdio: 'ignore' }) // prettier-ignore
  writeFileSync(both, readFileSync(crt, 'utf8') + readFileSync(key, 'utf8'))
  return both
}

export interface Relay {
  cli: Cli
  port: number
  file: string
  data: string
}

let count = 0
export async function startRelay(text: (port: number) => string, ...options: string[]): Promise<Relay> {
  const { port } = await freePorts('port')
  const name = `relay${++count}`
  const [file, data] = [join(folder(), `${name}.conf`), join(folder(), name)]
  writeFileSync(file, text(port))
  const cli = start(['serve', '--data', data, '--config', file, ...options])
  await cli.until(/Messages are kept in[^\n]*\n[^\n]*eliver/)
  return { cli, port, file, data }
}

export async function startInbox(...listen: string[]): Promise<{ cli: Cli; port: number; data: string }> {
  const data = join(folder(), `inbox${++count}`)
  const { cli, ports } = await startServe(data, listen.length > 0 ? listen : ['127.0.0.1:0:starttls'])
  return { cli: ending(cli), port: ports[0]!, data }
}

/** All that was said, whatever its end. */
export async function swaks(port: number, ...more: string[]): Promise<string> {
  const where = [
    '--server',
    '127.0.0.1',
    '--port',
    String(port),
    '--ehlo',
    'client.example',
    '--suppress-data',
  ]
  return promisify(execFile)('swaks', [...where, ...more]).then(
    ({ stdout }) => stdout,
    (error: unknown) => `${String(Reflect.get(error as object, 'stdout'))}${String(Reflect.get(error as object, 'stderr'))}`, // prettier-ignore
  )
}
export const mail = (from: string, to: string): string[] => ['--from', from, '--to', to]
export const queued = /250 2\.0\.0 Queued as (\S+)/
