/** Owns: a Port over one WebSocket of this host. JSON texts only; anything else reaches the rpc server as garbage. */
import type { RawData, WebSocket } from 'ws'
import { Inlet, portOver } from '#shared/rpc/port.ts'
import type { Port } from '#shared/rpc/types.ts'

/** Octets that may wait in the socket for a page that does not read. Streams wait for credit long before this. */
const mostBuffered = 256 << 20

const textOf = (data: RawData): string =>
  (Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? Buffer.from(data)
      : data
  ).toString()

/** What the peer sent, or `undefined` when it is no JSON: counted as garbage where messages are read. */
function decode(data: RawData, binary: boolean): unknown {
  if (binary) return undefined
  try {
    return JSON.parse(textOf(data))
  } catch {
    return undefined
  }
}

export function socketPort(socket: WebSocket): Port {
  const inlet = new Inlet()
  socket.on('message', (data, binary) => inlet.push(decode(data, binary)))
  socket.on('close', () => inlet.end())
  // `close` follows: an oversized frame, a broken mask, a reset. The peer is told by the close code (RFC 6455 §7.4.1).
  socket.on('error', () => {})
  return portOver(inlet, {
    post: (message) => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > mostBuffered) return socket.terminate()
      socket.send(JSON.stringify(message))
    },
    close: () => socket.close(),
  })
}
