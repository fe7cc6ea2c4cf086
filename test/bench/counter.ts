/** Owns: counting connections at a server: a TCP pass-through in front of it, which hands every octet on as it comes. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Counter {
  port: number
  /** Connections since the last call. */
  take(): number
  stop(): Promise<void>
}

/** In front of a port of 127.0.0.1. */
export async function countConnections(to: number): Promise<Counter> {
  let count = 0
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    count++
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.end()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const taken = count
      count = 0
      return taken
    },
    async stop() {
      const closed = new Promise((done) => server.close(done))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** A port that takes connections and never says a word. */
export async function startSilent(): Promise<{ port: number; stop(): Promise<void> }> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.resume()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise((done) => server.close(done))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
