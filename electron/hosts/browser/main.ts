/** Owns: the browser host as a program: flags, the printed address, signals, the way out. */
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { defaultDataFolder } from '../common/dataFolder.ts'
import { layoutOf } from '../common/layout.ts'
import { createLog, logLevel } from '../common/log.ts'
import { openAddress } from '../common/openAddress.ts'
import { type BrowserArguments, parseArguments, usage } from './arguments.ts'
import { type BrowserHost, startBrowserHost } from './host.ts'

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Each address opens once, so a person can ask for another. Only at a terminal: a pipe's end must not keep us busy. */
function offerNewAddresses(host: BrowserHost): void {
  if (!process.stdin.isTTY) return
  say('Press Enter for a new address, Ctrl+C to end.')
  createInterface({ input: process.stdin }).on('line', () => say(host.newAddress()))
}

function endBySignal(host: BrowserHost): void {
  const end = (): void => {
    host.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${words(error)}\n`)
        process.exit(1)
      },
    )
  }
  // A second signal, while sessions are being ended, ends at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end)
}

async function run(flags: BrowserArguments): Promise<void> {
  const log = createLog(logLevel(process.env['RELAYSCOPE_LOG']), (line) => void process.stderr.write(line))
  const dataFolder = resolve(flags.dataFolder ?? defaultDataFolder())
  const host = await startBrowserHost({
    dataFolder,
    port: flags.port,
    layout: layoutOf(import.meta.url),
    log,
  })
  endBySignal(host)
  const address = host.newAddress()
  say(`Relayscope is at ${address}`)
  offerNewAddresses(host)
  if (flags.open) openAddress(address)
}

function readFlags(): BrowserArguments | null {
  try {
    return parseArguments(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${words(error)}\n\n${usage}`)
    process.exitCode = 2
    return null
  }
}

const flags = readFlags()
if (flags?.help === true) say(usage)
else if (flags !== null)
  run(flags).catch((error: unknown) => {
    process.stderr.write(`Relayscope could not start: ${words(error)}\n`)
    process.exit(1)
  })
