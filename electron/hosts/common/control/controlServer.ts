/**
 * Owns: commands from this computer to the program that runs: a few calls about the relay's queue and the authority over a
 * loopback port, for who can read the file with the secret in the data folder. No page of a browser gets through: what it
 * sends is no proof.
 */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Log } from '#engine/ports.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { removeControlFile, writeControlFile } from './controlFile.ts'
import { LineSocket } from './lineSocket.ts'
import { isProof, newNonce, newSecret, proofOf, textOf } from './proof.ts'

export interface ControlOptions {
  /** The data folder; absolute. */
  folder: string
  handlers: Partial<Handlers>
  log: Log
  /** Milliseconds for the proof. */
  patience?: number
}

export interface Control {
  /** Takes the file away, ends what is connected. Safe to call twice. */
  stop(): Promise<void>
}

const allowed = [
  'relay.status',
  'relay.queue',
  'relay.queueItem',
  'relay.act',
  'server.certificates',
  'server.issueClientCertificate',
] as const

const limits = { line: 262_144, waiting: 32 << 20 }
const mostConnections = 16

/**
 * What a command may ask: the queue, to pause it, the authority and a certificate that it signs. Nothing of where mail goes,
 * nothing of passwords. Signing gives nobody more than they have: who can read the secret, in a file for its owner alone, can
 * read the authority's key, which lies in the same folder with the same rights.
 */
export function controlHandlers(handlers: Partial<Handlers>): Partial<Handlers> {
  const { 'relay.setSettings': setSettings } = handlers
  return {
    ...Object.fromEntries(allowed.flatMap((name) => (handlers[name] ? [[name, handlers[name]]] : []))),
    ...(setSettings && {
      'relay.setSettings': (change, signal) => {
        if (Object.keys(change).every((field) => field === 'paused')) return setSettings(change, signal)
        throw new RpcError('bad-argument', 'From outside the relay can be paused; all else is set in its own window.') // prettier-ignore
      },
    }),
  }
}

/** Never rejects: without it the program runs, and commands cannot reach it, which is logged. */
export async function startControl(options: ControlOptions): Promise<Control> {
  const { folder, log } = options
  const secret = newSecret()
  const sockets = new Set<LineSocket>()
  const server = createServer((socket) => void admit(socket, { ...options, secret, sockets }))
  server.maxConnections = mostConnections
  try {
    const place = { port: await listen(server), secret }
    // Too many open files while accepting: the next command asks again.
    server.on('error', () => {})
    await writeControlFile(folder, place)
    let stopped: Promise<void> | null = null
    const stop = async (): Promise<void> => {
      await removeControlFile(folder, place)
      server.close()
      for (const one of sockets) one.destroy()
    }
    return { stop: () => (stopped ??= stop()) }
  } catch (error) {
    server.close()
    log('warn', 'Commands cannot reach this program (relay, authority, client-certificate)', { error: String(error) }) // prettier-ignore
    return { stop: () => Promise.resolve() }
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a server of an address and a port answers
  return (server.address() as AddressInfo).port
}

type Admission = ControlOptions & { secret: string; sockets: Set<LineSocket> }

async function admit(socket: Socket, { handlers, log, secret, sockets, patience = 5000 }: Admission): Promise<void> {
  const lines = new LineSocket(socket, limits)
  sockets.add(lines)
  lines.onClose(() => sockets.delete(lines))
  const timer = setTimeout(() => lines.destroy(), patience)
  const is = await proven(lines, secret)
  clearTimeout(timer)
  if (!is) return lines.destroy()
  serveRpc(lines, controlHandlers(handlers), {
    onFault: (name, error) => log('error', `${name} failed`, { error: String(error) }),
  })
} // prettier-ignore

/** The client shows first that it knows the secret: who does not is told nothing. */
async function proven(lines: LineSocket, secret: string): Promise<boolean> {
  const server = newNonce()
  lines.post({ nonce: server })
  const hello = await lines.next()
  const nonces = { server, client: textOf(hello, 'nonce') }
  if (nonces.client === '' || !isProof(textOf(hello, 'proof'), proofOf(secret, 'client', nonces)))
    return false
  lines.post({ proof: proofOf(secret, 'server', nonces) })
  return true
}
