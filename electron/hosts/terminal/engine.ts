/** Owns: an engine for one command: opened on a data folder, reached over an in-process pair, closed at the end. */
import { createEngine } from '#engine/index.ts'
import type { Engine } from '#engine/ports.ts'
import { createRpcClient } from '#shared/rpc/client.ts'
import { createPortPair } from '#shared/rpc/port.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { systemClock } from '../common/clock.ts'
import { layoutOf } from '../common/layout.ts'
import { createLog, logLevel } from '../common/log.ts'
import { memorySecrets } from '../common/secrets.ts'
import { version } from '../common/version.ts'

export interface Opened {
  engine: Engine
  client: RpcClient
  dataFolder: string
  /** Closes the engine; removes the folder when it was the command's own. Safe to call twice. */
  close(): Promise<void>
}

export const terminalLog = createLog(logLevel(process.env['RELAYSCOPE_LOG']), (line) => {
  process.stderr.write(line)
})

/** `folder` null: a folder of the command's own, gone afterwards. `entry` is the program's `import.meta.url`. */
export async function openEngine(folder: string | null, entry: string): Promise<Opened> {
  const dataFolder = folder === null ? await mkdtemp(join(tmpdir(), 'relayscope-')) : resolve(folder)
  const own = folder === null
  const discard = (): Promise<void> =>
    own ? rm(dataFolder, { recursive: true, force: true }) : Promise.resolve()
  const { storeWorker } = layoutOf(entry)
  try {
    const engine = await createEngine({
      host: 'terminal',
      version,
      dataFolder,
      clock: systemClock,
      log: terminalLog,
      secrets: memorySecrets(),
      ...(storeWorker !== undefined && { storeWorker }),
    })
    const [near, far] = createPortPair()
    serveRpc(far, engine.handlers)
    const client = createRpcClient(() => near, { near: true })
    const close = async (): Promise<void> => {
      client.close()
      await engine.stop()
      await discard()
    }
    let closed: Promise<void> | null = null
    return { engine, client, dataFolder, close: () => (closed ??= close()) }
  } catch (error) {
    await discard()
    throw error
  }
}
