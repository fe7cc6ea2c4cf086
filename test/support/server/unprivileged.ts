/**
 * Owns: one listener in a process of its own, to be started without rights: `unprivileged.ts PORT`. Prints its status as one
 * line of JSON, serves each connection a word, and ends with its input.
 */
import { Listener } from '#engine/server/listener.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'

const listener = new Listener(
  ListenerConfig.parse({ port: Number(process.argv[2]) }),
  (socket) => void socket.end('hello'),
)
await listener.open()
process.stdout.write(`${JSON.stringify(listener.status())}\n`)
process.stdin.on('close', () => listener.close()).resume()
