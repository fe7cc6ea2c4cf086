/**
 * Owns: `npm start`. Builds when needed, then opens the desktop app; where that cannot be, says why in one line and serves
 * the same app to the browser. Flags are passed on: --data, and for the browser --port and --no-open; --browser asks for it.
 */
import { join, resolve } from 'node:path'
import { runChild } from './child.ts'
import { fetchRuntime, fetchScript } from './fetchRuntime.ts'
import { findRuntime, thisMachine, whyFailed, whyNoWindow } from './runtime.ts'
import { isStale } from './stale.ts'

const root = resolve(import.meta.dirname, '../../..')
const flags = process.argv.slice(2)
const usage = `npm start [-- FLAGS]: opens the desktop app; where that cannot be, the same app in the browser.

  --browser       in the browser in any case
  --data FOLDER   keep data here instead of in the app's own data folder
  --port PORT     in the browser: listen on this port (default 0: any free one)
  --no-open       in the browser: print the address without opening it
  --help          this text
`
/** Meant for the launcher or the window: the browser host does not know them. */
const windowFlags = new Set(['--browser', '--no-sandbox'])
const say = (text: string): void => void process.stderr.write(`${text}\n`)

async function build(): Promise<number> {
  if (!isStale(root)) return 0
  say('Building …')
  const script = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  return runChild(process.execPath, [script, 'build', '--logLevel', 'warn'], { cwd: root })
}

/** The runtime, or why there is none. */
async function getRuntime(): Promise<{ program: string } | { why: string }> {
  const machine = thisMachine()
  const why = whyNoWindow(flags, machine)
  if (why !== null) return { why }
  const present = findRuntime(root, machine)
  if (present !== null) return { program: present }
  if (machine.env['ELECTRON_SKIP_BINARY_DOWNLOAD'] !== undefined)
    return { why: 'there is no Electron runtime' }
  say('Fetching the Electron runtime (about 110 MB, once) …')
  const failed = await fetchRuntime(fetchScript(root))
  const fetched = findRuntime(root, machine)
  if (fetched !== null && failed === null) return { program: fetched }
  return { why: `there is no Electron runtime, and ${failed ?? 'it is not where it should be'}` }
}

/** The young generation of the server's thread grows to 128 MiB otherwise: an idle connection holds half with this. */
const lean = ['--max-semi-space-size=4']

function serveBrowser(why: string): Promise<number> {
  say(`Relayscope opens in the browser: ${why}.`)
  const rest = flags.filter((flag) => !windowFlags.has(flag))
  return runChild(process.execPath, [...lean, join(root, 'out/main/browser.js'), ...rest])
}

async function start(): Promise<number> {
  // Answered here: a question about flags must not build, fetch or open anything.
  if (flags.includes('--help')) {
    process.stdout.write(usage)
    return 0
  }
  const built = await build()
  if (built !== 0) return built
  const runtime = await getRuntime()
  if ('why' in runtime) return serveBrowser(runtime.why)
  const status = await runChild(runtime.program, [root, ...flags])
  const failed = whyFailed(status)
  return failed === null ? status : serveBrowser(failed)
}

process.exitCode = await start()
