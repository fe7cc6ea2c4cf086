/**
 * Owns: Haraka, maildev and aiosmtpd as peers of the bench. The first two come from npm into a folder of their own under
 * node_modules/.cache, pinned and asked for as of a day; the third is Debian's package. What cannot be had is told.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { findProgram } from '../support/system.ts'
import { type BenchServer, freePort, started } from './servers.ts'

const folder = resolve(import.meta.dirname, '../../node_modules/.cache/bench')
const wanted = ['Haraka@3.3.4', 'maildev@3.0.0']

const has = (name: string): boolean => existsSync(join(folder, 'node_modules', name, 'package.json'))

/** Fetches what is missing; answers with why that was not possible, or null. */
export function fetchPeers(): string | null {
  if (has('Haraka') && has('maildev')) return null
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n')
  const npm = join(dirname(process.execPath), 'npm')
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--before=2026-10-05', ...wanted]
  const made = spawnSync(existsSync(npm) ? npm : 'npm', args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
  })
  if (made.status === 0) return null
  return `npm could not fetch ${wanted.join(' and ')} (${made.stderr?.trim().split('\n').at(-1) ?? 'no answer'})`
}

/** Takes everybody; `queue/discard` throws the message away. */
const acceptAll = 'exports.hook_rcpt = (next) => next(OK)\n'

export interface HarakaSet {
  /** Lines of config/plugins behind the one that accepts every recipient. */
  plugins: string[]
  /** Further files of the folder by their path. */
  files?: Record<string, string>
  env?: Record<string, string>
  /** Source of the plugin that accepts. */
  accept?: string
}

/** Haraka with one process and these plugins, its other settings as they come. */
export async function startHaraka(name: string, keeps: string, set: HarakaSet): Promise<BenchServer> {
  const { plugins, files = {}, env = {}, accept = acceptAll } = set
  const home = mkdtempSync(join(tmpdir(), 'relayscope-haraka-'))
  const port = await freePort()
  const connection = readFileSync(join(folder, 'node_modules/Haraka/config/connection.ini'), 'utf8')
  const all: Record<string, string> = {
    'plugins/accept_all.js': accept,
    'config/plugins': ['accept_all', ...plugins, ''].join('\n'),
    'config/me': 'haraka.bench.test\n',
    'config/log.ini': '[main]\nlevel=ERROR\n',
    'config/smtp.ini': `listen=127.0.0.1:${port}\nnodes=0\ninactivity_timeout=600\n`,
    // A part of this file alone would leave Haraka without the rest of it.
    'config/connection.ini': connection
      .replace(/^bytes=.*$/m, 'bytes=52428800')
      .replace(/^data_line_length=.*$/m, 'data_line_length=100000'),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  mkdirSync(join(home, 'queue'), { recursive: true })
  const child = spawn(process.execPath, [join(folder, 'node_modules/Haraka/bin/haraka'), '-c', home], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  })
  return started(name, keeps, port, child, () => rmSync(home, { recursive: true, force: true }))
}

export const startHarakaSink = (): Promise<BenchServer> =>
  startHaraka('Haraka', 'discards', {
    plugins: ['queue/discard'],
    env: { YES_REALLY_DO_DISCARD: '1' },
  })

export async function startMaildev(): Promise<BenchServer> {
  const port = await freePort()
  const script = join(folder, 'node_modules/maildev/dist/bin/maildev.js')
  const where = ['--smtp', String(port), '--ip', '127.0.0.1', '--disable-web', '--max-emails', '1000']
  const child = spawn(process.execPath, [script, ...where], { stdio: 'ignore' })
  return started('maildev', 'keeps in memory', port, child)
}

const python = `
import asyncio, sys
from aiosmtpd.smtp import SMTP
class Sink:
    async def handle_DATA(self, server, session, envelope):
        return '250 OK'
async def main():
    loop = asyncio.get_running_loop()
    make = lambda: SMTP(Sink(), hostname='aiosmtpd.bench.test', data_size_limit=52428800)
    await loop.create_server(make, '127.0.0.1', int(sys.argv[1]), backlog=1024)
    await asyncio.Event().wait()
asyncio.run(main())
`

/** Debian's packages are for Debian's Python, which need not be the first in PATH. */
const pythonWithIt = (): string | undefined =>
  ['/usr/bin/python3', findProgram('python3') ?? ''].find(
    (program) => program !== '' && spawnSync(program, ['-c', 'import aiosmtpd']).status === 0,
  )

/** Null where Python or the package is missing. */
export async function startAiosmtpd(): Promise<BenchServer | null> {
  const program = pythonWithIt()
  if (program === undefined) return null
  const port = await freePort()
  const child = spawn(program, ['-c', python, String(port)], { stdio: 'ignore' })
  return started('aiosmtpd (Python)', 'discards', port, child)
}

/** Those that can be had, and a line for each that cannot. */
export async function startPeers(say: (text: string) => void): Promise<BenchServer[]> {
  const why = fetchPeers()
  if (why !== null) say(`bench: without Haraka and maildev: ${why}`)
  const servers = why === null ? [await startHarakaSink(), await startMaildev()] : []
  const third = await startAiosmtpd()
  if (third === null) say('bench: without aiosmtpd: python3-aiosmtpd is not installed')
  return third === null ? servers : [...servers, third]
}
