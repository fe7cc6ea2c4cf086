/** Owns: free ports for programs that cannot choose one themselves. */
import { createServer, type Server } from 'node:net'

/** One for each name. All are held at once while they are chosen, so that none is chosen twice. */
export async function freePorts<Name extends string>(...names: Name[]): Promise<Record<Name, number>> {
  const held: Server[] = []
  const ports = new Map<Name, number>()
  for (const name of names) {
    const server = createServer()
    held.push(server)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening on TCP')
    ports.set(name, address.port)
  }
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets that every name is there
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
