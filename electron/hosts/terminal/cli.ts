/** Owns: the command line as a program: its commands bound to the engine, signals, exit status, errors in words. */
import { type Command, CommanderError } from 'commander'
import { once } from 'node:events'
import { startControl } from '../common/control/controlServer.ts'
import { defaultDataFolder } from '../common/dataFolder.ts'
import { layoutOf } from '../common/layout.ts'
import { version } from '../common/version.ts'
import { openAddress } from '../common/openAddress.ts'
import { pageContent } from '../common/web/pageContent.ts'
import { startWebHost } from '../common/web/webHost.ts'
import { authority, clientCertificate } from './commands/authority.ts'
import { diff } from './commands/diff.ts'
import { explain } from './commands/explain.ts'
import { probe } from './commands/probe.ts'
import { relayAct } from './commands/relayAct.ts'
import { relayCheck } from './commands/relayCheck.ts'
import { relayQueue } from './commands/relayQueue.ts'
import { replay } from './commands/replay.ts'
import { send } from './commands/send.ts'
import { serve } from './commands/serve.ts'
import { show } from './commands/show.ts'
import { versus } from './commands/versus.ts'
import { runningOrOwn, withRunning } from './control.ts'
import { type Opened, openEngine, terminalLog } from './engine.ts'
import { type ExitStatus, exitStatus, type Io, type WithEngine } from './io.ts'
import { Cancelled, promptHidden } from './password.ts'
import { createProgram } from './program.ts'

const cancel = new AbortController()

/** Set when whoever read the result has gone (`| head`): no fault of ours, and nothing more is written. */
let unread = false

/** `\x1b[K` clears what a longer line before it left. */
const overwrite = (text: string): void => void process.stderr.write(`\r\x1b[K${text}`)

const io: Io = {
  out: (result) => void (unread || process.stdout.write(result)),
  terminal: process.stdout.isTTY,
  taken: async () => {
    if (!unread && process.stdout.writableNeedDrain)
      await once(process.stdout, 'drain').catch(() => undefined)
  },
  ...(process.stderr.isTTY ? { status: overwrite } : {}),
  say: (text) => void process.stderr.write(`${text}\n`),
  cancel: cancel.signal,
  password: {
    env: process.env,
    interactive: process.stdin.isTTY,
    prompt: (question) => promptHidden(process.stdin, process.stderr, question, cancel.signal),
  },
}

const withEngine: WithEngine = async (dataFolder, run) => {
  const opened = await openEngine(dataFolder, import.meta.url)
  try {
    return await run(opened.client)
  } finally {
    await opened.close()
  }
}

/** The page beside a running `serve`, over the same engine; ends with it. */
async function openBrowser(opened: Opened): Promise<{ address: string; stop(): Promise<void> }> {
  const content = await pageContent(layoutOf(import.meta.url).page)
  const web = await startWebHost({ handlers: opened.engine.handlers, content, log: terminalLog })
  const address = web.newAddress()
  if (process.stdout.isTTY) openAddress(address)
  return { address, stop: () => web.stop() }
}

async function serveHere(options: Parameters<typeof serve>[0]): Promise<ExitStatus> {
  const opened = await openEngine(options.data ?? defaultDataFolder(), import.meta.url)
  const { dataFolder: folder, engine } = opened
  const control = await startControl({ folder, handlers: engine.handlers, log: terminalLog })
  const pages: { stop(): Promise<void> }[] = []
  const host = {
    client: opened.client,
    dataFolder: opened.dataFolder,
    onReload: (call: () => Promise<void>) => void (reload = call),
    async openBrowser() {
      const page = await openBrowser(opened)
      pages.push(page)
      return page.address
    },
  }
  try {
    return await serve(options, io, host)
  } finally {
    reload = null
    await control.stop()
    for (const page of pages) await page.stop()
    await opened.close()
  }
}

/** The command with those below it. */
const withInner = (command: Command): Command[] => [command, ...command.commands.flatMap(withInner)]

/** What SIGHUP asks for, as of any server, while something can be read again; else it ends the command. */
let reload: (() => Promise<void>) | null = null
let reloading: Promise<void> = Promise.resolve()

/** The first signal asks politely; a second one ends at once. */
function listenToSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort())
  const hangUp = (): void => {
    if (reload !== null) reloading = reloading.then(reload)
    else {
      process.off('SIGHUP', hangUp)
      cancel.abort()
    }
  }
  process.on('SIGHUP', hangUp)
}

async function main(): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok
  const program = createProgram(version, {
    probe: async (host, options) => void (status = await probe(host, options, io, withEngine)),
    send: async (options) => void (status = await send(options, io, withEngine)),
    authority: async (options) => void (status = await authority(options, io, runningOrOwn(withEngine))),
    clientCertificate: async (user, options) =>
      void (status = await clientCertificate(user, options, io, runningOrOwn(withEngine))),
    serve: async (options) => void (status = await serveHere(options)),
    show: async (file, options) => void (status = await show(file, options, io)),
    explain: async (file, options) => void (status = await explain(file, options, io)),
    relayCheck: async (file, options) => void (status = await relayCheck(file, options, io)),
    relayQueue: async (id, options) => void (status = await relayQueue(id, options, io, withRunning)),
    relayAct: async (act, ids, options) => void (status = await relayAct(act, ids, options, io, withRunning)),
    replay: async (file, options) => void (status = await replay(file, options, io, withEngine)),
    versus: async (options) => void (status = await versus(options, io, withEngine)),
    diff: async (left, right, options) => void (status = await diff([left, right], options, io)),
  })
  for (const command of withInner(program)) command.exitOverride()
  try {
    await program.parseAsync()
    return status
  } catch (error) {
    // commander has said what is wrong already; --help and --version end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.ok : exitStatus.usage
    if (error instanceof Cancelled) return exitStatus.cancelled
    io.say(error instanceof Error ? error.message : String(error))
    return cancel.signal.aborted ? exitStatus.cancelled : exitStatus.usage
  }
}

listenToSignals()
process.stdout.on('error', () => {
  unread = true
  // A message on its way is sent to its end; everything else was for the reader.
  if (process.argv[2] !== 'send') cancel.abort()
})
// Where the terminal has gone there is nobody to tell, and the next write says so.
process.stderr.on('error', () => cancel.abort())
const status = await main()
process.exitCode = unread ? exitStatus.ok : status
