/**
 * Owns: a line with a distance: a port of loopback that carries octets to another one and delays each direction by half
 * a round trip. It sees no protocol; it counts octets, connections and how often the line turns round. A handshake of TCP
 * cannot be delayed from outside the kernel, so the line begins where it would end: what a client says first arrives one
 * and a half round trips after it connected, and its server hears of it just then.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

export interface LineCount {
  connections: number
  octetsOut: number
  octetsIn: number
  /** Connecting, a server that speaks first, and each time it answers what a client said. */
  turns: number
}

/** Octets on their way in one direction before the sender is made to wait. */
const mostUnderWay = 1 << 20

export class PassThrough {
  readonly #target: number
  readonly #half: number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #ways = new Set<Way>()
  readonly count: LineCount = { connections: 0, octetsOut: 0, octetsIn: 0, turns: 0 }

  /** `roundTrip` in milliseconds. */
  constructor(target: number, roundTrip: number) {
    this.#target = target
    this.#half = roundTrip / 2
    // Each end hears the other's end of sending by itself.
    this.#server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => this.#carry(socket))
  }

  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host: '127.0.0.1', port: 0 }, () => {
        const address: AddressInfo | string | null = this.#server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  }

  async close(): Promise<void> {
    for (const way of this.#ways) way.stop()
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #carry(client: Socket): void {
    this.#hold(client)
    this.count.connections++
    this.count.turns++
    const arrives = performance.now() + 3 * this.#half
    client.pause()
    const begin = new Way(this.#half, () => {}, () => {}) // prettier-ignore
    this.#ways.add(begin)
    begin.push(3 * this.#half, 0, () => {
      this.#ways.delete(begin)
      if (!client.destroyed) this.#join(client, arrives)
    })
  }

  #join(client: Socket, arrives: number): void {
    const server = connect({ host: '127.0.0.1', port: this.#target, noDelay: true, allowHalfOpen: true })
    this.#hold(server)
    let spoke: 'nobody' | 'client' | 'server' = 'nobody'
    this.#direct(server, client, (size) => {
      this.count.octetsIn += size
      if (spoke !== 'server') this.count.turns++
      spoke = 'server'
    })
    const said = (size: number): void => {
      this.count.octetsOut += size
      spoke = 'client'
    }
    this.#direct(client, server, said, arrives)
  }

  /** `travelled`: what is read up to then waited at the line's beginning, and arrives at once. */
  #direct(from: Socket, to: Socket, saw: (size: number) => void, travelled = 0): void {
    const way = new Way(
      this.#half,
      () => from.pause(),
      () => from.resume(),
    )
    this.#ways.add(way)
    from.on('data', (chunk: Buffer) => {
      saw(chunk.length)
      const delay = performance.now() <= travelled + 1 ? 0 : this.#half
      way.push(delay, chunk.length, () => void (to.destroyed || to.write(chunk)))
    })
    from.once('end', () => way.push(this.#half, 0, () => void (to.destroyed || to.end())))
    from.once('close', () => way.push(this.#half, 0, () => to.destroy()))
    from.resume()
  }

  #hold(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => this.#sockets.delete(socket))
  }
}

/** What is under way in one direction, in order: one timer, for the first of it. */
class Way {
  readonly #pause: () => void
  readonly #resume: () => void
  readonly #delays: boolean
  readonly #queue: { due: number; size: number; act: () => void }[] = []
  #timer: NodeJS.Timeout | null = null
  #size = 0
  #stopped = false

  constructor(half: number, pause: () => void, resume: () => void) {
    this.#delays = half > 0
    this.#pause = pause
    this.#resume = resume
  }

  /** `delay` in milliseconds; never earlier than what was pushed before. */
  push(delay: number, size: number, act: () => void): void {
    if (this.#stopped) return
    if (!this.#delays) return act()
    const due = Math.max(performance.now() + delay, this.#queue.at(-1)?.due ?? 0)
    this.#queue.push({ due, size, act })
    this.#size += size
    if (this.#size > mostUnderWay) this.#pause()
    this.#wait()
  }

  stop(): void {
    this.#stopped = true
    this.#queue.length = 0
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #wait(): void {
    const first = this.#queue[0]
    if (first === undefined || this.#timer !== null) return
    this.#timer = setTimeout(() => this.#arrive(), Math.max(0, first.due - performance.now()))
  }

  #arrive(): void {
    this.#timer = null
    const now = performance.now() + 0.5
    while (this.#queue.length > 0 && this.#queue[0]!.due <= now) {
      const { size, act } = this.#queue.shift()!
      this.#size -= size
      act()
    }
    if (this.#size <= mostUnderWay / 2) this.#resume()
    this.#wait()
  }
}
