/** Owns: free ports for programs that cannot choose one themselves. */
import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

/**
 * Below those that a system gives to whoever asks for any (from 32768 on Linux, 49152 elsewhere): between the choice and the
 * program's start nothing that runs beside it gets one by chance.
 */
const range = [20_000, 32_768] as const

async function hold(): Promise<{ server: Server; port: number }> {
  for (let tries = 0; tries < 100; tries++) {
    const server = createServer()
    const port = randomInt(...range)
    const free = await new Promise<boolean>((done) => {
      server.once('error', () => done(false))
      server.listen(port, '127.0.0.1', () => done(true))
    })
    if (free) return { server, port }
  }
  throw new Error(`no port from ${range[0]} to ${range[1]} is free`)
}

/** One for each name. All are held at once while they are chosen, so that none is chosen twice. */
export async function freePorts<Name extends string>(...names: Name[]): Promise<Record<Name, number>> {
  const held: Server[] = []
  const ports = new Map<Name, number>()
  for (const name of names) {
    const { server, port } = await hold()
    held.push(server)
    ports.set(name, port)
  }
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))))
  return Object.fromEntries(ports) as Record<Name, number>
}

/** Whether this system has IPv6 on loopback: containers often have not. */
export function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(0, '::1', () => server.close(() => resolve(true)))
  })
}
