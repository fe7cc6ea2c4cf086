/**
 * Owns: `npm run dev`: the page from its sources with live reload, in the browser behind the usual door. The engine runs
 * from its sources too; it is started anew by starting this anew. With --desktop, where a runtime is, electron-vite dev.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createEngine } from '#engine/index.ts'
import { systemClock } from '../common/clock.ts'
import { defaultDataFolder } from '../common/dataFolder.ts'
import { createLog, logLevel } from '../common/log.ts'
import { openAddress } from '../common/openAddress.ts'
import { readPortFlag } from '../common/portFlag.ts'
import { memorySecrets } from '../common/secrets.ts'
import { version } from '../common/version.ts'
import { startWebHost } from '../common/web/webHost.ts'
import { runChild } from './child.ts'
import { liveContent } from './liveContent.ts'
import { findRuntime, thisMachine, whyNoWindow } from './runtime.ts'

const root = resolve(import.meta.dirname, '../../..')
const say = (text: string): void => void process.stdout.write(`${text}\n`)

function giveUp(error: unknown, status: number): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(status)
}

function readFlags(): { data: string | undefined; port: number; open: boolean; desktop: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        desktop: { type: 'boolean', default: false },
      },
    })
    const { data, desktop } = values
    return { data, port: readPortFlag(values.port), open: !values['no-open'], desktop }
  } catch (error) {
    return giveUp(error, 2)
  }
}
const flags = readFlags()
const dataFolder = resolve(flags.data ?? `${defaultDataFolder()}-dev`)

async function openDesktop(): Promise<number> {
  const machine = thisMachine()
  const runtime = findRuntime(root, machine)
  const why = whyNoWindow([], machine) ?? (runtime === null ? 'there is no Electron runtime' : null)
  if (why !== null || runtime === null) {
    say(`The desktop cannot open: ${why}. Leave --desktop out to develop in the browser.`)
    return 1
  }
  const script = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const env = { ...process.env, ELECTRON_EXEC_PATH: runtime, RELAYSCOPE_DATA: dataFolder }
  return runChild(process.execPath, [script, 'dev', '--watch'], { cwd: root, env })
}

async function browser(): Promise<void> {
  const log = createLog(
    logLevel(process.env['RELAYSCOPE_LOG'], 'info'),
    (line) => void process.stderr.write(line),
  )
  const content = await liveContent(root)
  const secrets = memorySecrets()
  const engine = await createEngine({
    host: 'browser',
    version,
    dataFolder,
    clock: systemClock,
    log,
    secrets,
  })
  const web = await startWebHost({ handlers: engine.handlers, content, log, port: flags.port })
  const stop = async (): Promise<void> => {
    await web.stop()
    await content.stop()
    await engine.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  const address = web.newAddress()
  say(`Relayscope, live, is at ${address}`)
  if (flags.open) openAddress(address)
}

if (flags.desktop) process.exitCode = await openDesktop()
else await browser().catch((error: unknown) => giveUp(error, 1))
