/** What the handlers' tests share: the whole engine on a folder of its own, reached as a page reaches it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine } from '#engine/index.ts'
import type { Engine, EnginePorts } from '#engine/ports.ts'
import { type ConnectedClient, createRpcClient } from '#shared/rpc/client.ts'
import { createPortPair } from '#shared/rpc/port.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { StreamEvent, StreamKey, StreamName } from '#shared/rpc/contract.ts'
import { memorySecrets } from '../../../../electron/hosts/common/secrets.ts'
import { systemClock } from '../../../../electron/hosts/common/clock.ts'

export interface Bench {
  client: ConnectedClient
  engine: Engine
  folder: string
  logged: string[]
  faults: string[]
  /** Stops the engine; the folder stays until `stop`. */
  halt(): Promise<void>
  stop(): Promise<void>
}

export async function openBench(about: Partial<EnginePorts> = {}): Promise<Bench> {
  const folder = about.dataFolder ?? (await mkdtemp(join(tmpdir(), 'relayscope-engine-')))
  const logged: string[] = []
  const faults: string[] = []
  const log: EnginePorts['log'] = (level, message) => void logged.push(`${level} ${message}`)
  const secrets = memorySecrets()
  const ports = {
    host: 'test',
    version: '1.2.3',
    dataFolder: folder,
    clock: systemClock,
    log,
    secrets,
  } as const
  const engine = await createEngine({ ...ports, ...about })
  const [near, far] = createPortPair()
  serveRpc(far, engine.handlers, { onFault: (name, error) => faults.push(`${name} ${String(error)}`) })
  const client = createRpcClient(() => near)
  const halt = async (): Promise<void> => {
    client.close()
    await engine.stop()
  }
  const stop = async (): Promise<void> => {
    await halt()
    await rm(folder, { recursive: true, force: true })
  }
  return { client, engine, folder, logged, faults, halt, stop }
}

/** Starts the local server with one plain listener; answers with its port. */
export async function startServer(client: ConnectedClient): Promise<number> {
  const listeners = [{ port: 0, tls: 'plain' as const, auth: 'optional' as const }]
  const { status } = await client.call('server.start', { config: { listeners } })
  const port = status.listeners[0]?.actualPort
  if (port === undefined) throw new Error(JSON.stringify(status))
  return port
}

/** The first events of a stream, as soon as `enough` says so of them. */
export function collect<N extends StreamName>(
  client: ConnectedClient,
  name: N,
  key: StreamKey<N>,
  enough: (events: StreamEvent<N>[]) => boolean,
): Promise<StreamEvent<N>[]> {
  return new Promise((resolve, reject) => {
    const events: StreamEvent<N>[] = []
    const subscription = client.stream(name, key, {
      batch: (batch) => {
        events.push(...batch.events)
        if (!enough(events)) return
        subscription.close()
        resolve(events)
      },
      closed: (error) => (error === null ? resolve(events) : reject(new Error(error.message))),
    })
  })
}

/** Sends one message to `port` on this computer; answers with the dialogue's session. */
export async function send(client: ConnectedClient, port: number, subject = 'Hello'): Promise<string> {
  const started = await client.call('dialogue.start', {
    target: { host: '127.0.0.1', port, tls: 'none' },
    auth: { mechanism: 'none' },
    message: { from: 'ann@example.com', to: ['bob@example.com'], subject, text: 'Grüße\r\n.dot' },
  })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await client.call('dialogue.result', { session: started.session })
  return started.session
}
