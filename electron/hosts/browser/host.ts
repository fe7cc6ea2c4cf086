/** Owns: the engine behind the page on loopback, as one thing to start and stop. */
import { createEngine } from '#engine/index.ts'
import type { Log } from '#engine/ports.ts'
import { systemClock } from '../common/clock.ts'
import { startControl } from '../common/control/controlServer.ts'
import type { Layout } from '../common/layout.ts'
import { memorySecrets } from '../common/secrets.ts'
import { version } from '../common/version.ts'
import { pageContent } from '../common/web/pageContent.ts'
import { startWebHost } from '../common/web/webHost.ts'

export interface BrowserHostOptions {
  /** Absolute. */
  dataFolder: string
  port: number
  layout: Layout
  log: Log
}

export interface BrowserHost {
  /** An address with a new one-time token. */
  newAddress(): string
  /** Sessions end politely, the store is flushed. Safe to call twice. */
  stop(): Promise<void>
}

export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { dataFolder, port, layout, log } = options
  const content = await pageContent(layout.page)
  const engine = await createEngine({
    host: 'browser',
    version,
    dataFolder,
    clock: systemClock,
    log,
    secrets: memorySecrets(),
    ...(layout.storeWorker !== undefined && { storeWorker: layout.storeWorker }),
  })
  try {
    const web = await startWebHost({ handlers: engine.handlers, content, log, port })
    const control = await startControl({ folder: dataFolder, handlers: engine.handlers, log })
    let stopped: Promise<void> | null = null
    const stop = async (): Promise<void> => {
      await control.stop()
      await web.stop()
      await engine.stop()
    }
    return { newAddress: () => web.newAddress(), stop: () => (stopped ??= stop()) }
  } catch (error) {
    await engine.stop()
    throw error
  }
}
