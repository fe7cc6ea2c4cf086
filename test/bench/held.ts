/** Owns: many connections to one server, held open without a word after the greeting, and a look at whether it still answers. */
import { connect, type Socket } from 'node:net'

export interface Held {
  /** Milliseconds from the first connection to the last greeting. */
  took: number
  greeted: number
  /** Says EHLO on some of those that were held: milliseconds until the slowest reply is here; Infinity when one is gone. */
  ask(some: number): Promise<number>
  release(): Promise<void>
}

/** Connections that are on their way at once: a backlog that runs over costs a second and more for each. */
const atOnce = 250
/** Milliseconds for one greeting or reply. */
const patience = 30_000

/** One client: null when it was not greeted with 220. */
async function greetedSocket(port: number, localAddress: string): Promise<Socket | null> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => {})
  const first = await heard(socket)
  if (first?.startsWith('220') === true) return socket
  socket.destroy()
  return null
}

/** What comes next; null when nothing does. */
function heard(socket: Socket): Promise<string | null> {
  return new Promise((done) => {
    const end = (text: string | null): void => {
      clearTimeout(limit)
      socket.off('data', onData).off('close', onClose)
      done(text)
    }
    const onData = (bytes: Buffer): void => end(bytes.toString('latin1'))
    const onClose = (): void => end(null)
    const limit = setTimeout(onClose, patience)
    socket.once('data', onData).once('close', onClose)
  })
}

/** `count` connections, from a few addresses of this computer so that ports do not run out. */
export async function hold(port: number, count: number): Promise<Held> {
  const sockets: Socket[] = []
  const began = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) {
      const socket = await greetedSocket(port, `127.0.0.${2 + (next++ % 4)}`)
      if (socket !== null) sockets.push(socket)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return {
    took: performance.now() - began,
    greeted: sockets.length,
    async ask(some) {
      const asked = sockets.filter((_, i) => i % Math.max(1, Math.floor(sockets.length / some)) === 0)
      const from = performance.now()
      const times = asked.map(async (socket) => {
        socket.write('EHLO held.test\r\n')
        return (await heard(socket)) === null ? Infinity : performance.now() - from
      })
      return (await Promise.all(times)).reduce((a, b) => Math.max(a, b), 0)
    },
    async release() {
      const closed = sockets.map((socket) => new Promise((done) => socket.once('close', done)))
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}
