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
/** Of those that have shown that they know the secret, and of those that have not. */
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
  const [proven, strangers] = [new Set<LineSocket>(), new Set<LineSocket>()]
  const admission = { ...options, secret, proven, strangers }
  const server = createServer((socket) => void admit(socket, admission))
  try {
    const place = { port: await listen(server), secret }
    // Too many open files while accepting: the next command asks again.
    server.on('error', () => {})
    await writeControlFile(folder, place)
    let stopped: Promise<void> | null = null
    const stop = async (): Promise<void> => {
      await removeControlFile(folder, place)
      server.close()
      for (const one of [...proven, ...strangers]) one.destroy()
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

interface Admission extends ControlOptions {
  secret: string
  proven: Set<LineSocket>
  /** Those that have shown nothing yet, the oldest first. */
  strangers: Set<LineSocket>
}

async function admit(socket: Socket, { handlers, log, secret, proven, strangers, patience = 5000 }: Admission): Promise<void> {
  const lines = new LineSocket(socket, limits)
  lines.onClose(() => void [proven, strangers].map((all) => all.delete(lines)))
  makeRoom(strangers)
  strangers.add(lines)
  const timer = setTimeout(() => lines.destroy(), patience)
  const is = await prove(lines, secret)
  clearTimeout(timer)
  // Gone already, or given up for others.
  if (!strangers.delete(lines)) return
  if (!is || proven.size >= mostConnections) return lines.destroy()
  proven.add(lines)
  serveRpc(lines, controlHandlers(handlers), {
    onFault: (name, error) => log('error', `${name} failed`, { error: String(error) }),
  })
} // prettier-ignore

/** Anybody on this computer may open connections and say nothing: the oldest goes, so that they keep nobody out. */
function makeRoom(strangers: Set<LineSocket>): void {
  for (const one of strangers) {
    if (strangers.size < mostConnections) return
    strangers.delete(one)
    one.destroy()
  }
}

/** The client shows first that it knows the secret: who does not is told nothing. */
async function prove(lines: LineSocket, secret: string): Promise<boolean> {
  const server = newNonce()
  lines.post({ nonce: server })
  const hello = await lines.next()
  const nonces = { server, client: textOf(hello, 'nonce') }
  if (nonces.client === '' || !isProof(textOf(hello, 'proof'), proofOf(secret, 'client', nonces)))
    return false
  lines.post({ proof: proofOf(secret, 'server', nonces) })
  return true
}
