/**
 * Owns: opening a TCP connection: one address after the other, each attempt its own event with outcome, time and local
 * address. Addresses are never raced against each other (RFC 8305), because then a broken family would not be seen.
 */
import { connect, type Socket } from 'node:net'
import type { EventBody, EventOf } from '#shared/transcript/event.ts'
import { connectFault, type Fault } from './fault.ts'
import { within } from './limit.ts'
import type { Journal } from './journal.ts'
import type { Address } from './resolve.ts'

export interface TcpOptions {
  addresses: readonly Address[]
  port: number
  /** Milliseconds for each address. */
  timeout: number
  journal: Journal
  /** Address of this computer to connect from. */
  source?: string | undefined
  signal?: AbortSignal | undefined
  /** Record beside the main course: a trial connection. */
  aside?: boolean | undefined
}

type Connect = EventOf<'connect'>

export interface Opened {
  socket: Socket
  address: Address
  /** Number of the event of the attempt that worked. */
  seq: number
}

/** The first connection that opens, or undefined when none did; the journal says how each attempt went. */
export async function openTcp(options: TcpOptions): Promise<Opened | undefined> {
  for (const address of options.addresses) {
    if (options.signal?.aborted) return undefined
    const { socket, seq } = await attempt(address, options)
    if (socket) return { socket, address, seq }
  }
  return undefined
}

async function attempt(
  address: Address,
  options: TcpOptions,
): Promise<{ socket: Socket | undefined; seq: number }> {
  const { journal } = options
  const began = journal.elapsed()
  const socket = connect({
    host: address.address,
    port: options.port,
    family: address.family,
    autoSelectFamily: false,
    noDelay: true,
    ...(options.source === undefined ? {} : { localAddress: options.source }),
  })
  // Errors after this attempt has been judged (a late RST) must not end the program.
  socket.on('error', () => {})
  const result = await within(options.timeout, options.signal, () => whenConnected(socket))
  const took = journal.elapsed() - began
  const { outcome, fault } = judge(result)
  if (outcome !== 'connected') socket.destroy()
  const local =
    outcome === 'connected' && socket.localAddress !== undefined
      ? { address: socket.localAddress, port: socket.localPort ?? 0 }
      : undefined
  const event: EventBody = {
    kind: 'connect',
    phase: 'tcp',
    direction: 'none',
    address: address.address,
    port: options.port,
    family: address.family,
    took,
    outcome,
    ...(local ? { local } : {}),
    ...(fault ? { fault } : {}),
  }
  const seq = options.aside ? journal.aside(event) : (journal.write(event)?.seq ?? 0)
  return { socket: outcome === 'connected' ? socket : undefined, seq }
}

const whenConnected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })

function judge(result: Awaited<ReturnType<typeof within<void>>>): {
  outcome: Connect['outcome']
  fault?: Fault
} {
  if (result.how === 'done') return { outcome: 'connected' }
  if (result.how === 'failed') return connectFault(result.error)
  if (result.how === 'timeout')
    return { outcome: 'timeout', fault: { code: 'ETIMEDOUT', message: 'no answer in time' } }
  return { outcome: 'cancelled', fault: { code: 'ECANCELED', message: 'cancelled' } }
}
