/**
 * Owns: finding the port to the engine: the desktop's preload hands over a MessagePort when asked, the browser host
 * listens at `/rpc`. Knows nothing of what is said on it.
 */
import { portHere, portPlease } from '#shared/rpc/handover.ts'
import { Inlet, portOver } from '#shared/rpc/port.ts'
import type { Port } from '#shared/rpc/types.ts'

export function messagePort(channel: MessagePort): Port {
  const inlet = new Inlet()
  channel.addEventListener('message', (event) => inlet.push(event.data))
  // Chromium and Electron tell when the other end is gone.
  channel.addEventListener('close', () => inlet.end())
  channel.start()
  return portOver(inlet, {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin to name
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  })
}

function decode(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined
  } catch {
    return undefined
  }
}

/** Resolves when the socket is open; rejects when it cannot be opened, without a reason: browsers do not tell. */
export function webSocketPort(socket: WebSocket): Promise<Port> {
  const inlet = new Inlet()
  socket.addEventListener('message', (event) => inlet.push(decode(event.data)))
  socket.addEventListener('close', () => inlet.end())
  const port = portOver(inlet, {
    post: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    close: () => socket.close(),
  })
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(port))
    inlet.onClose(() => reject(new Error('The engine does not answer at this address.')))
  })
}

/** Asks the preload script. Each call gets a new channel; the one before is closed by the engine. */
function desktopPort(page: Window): Promise<Port> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      const [channel] = event.ports
      // Only the window itself speaks for the preload script; a frame or an opener has another source.
      if (event.source !== page || channel === undefined || !isAnswer(event.data)) return
      page.removeEventListener('message', onMessage)
      resolve(messagePort(channel))
    }
    page.addEventListener('message', onMessage)
    page.postMessage({ type: portPlease }, page.location.origin)
  })
}

const isAnswer = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === portHere

/** The port of the host that serves this page. Called again for each reconnect. */
export function findPort(page: Window = window): Promise<Port> {
  const { protocol, host } = page.location
  if (protocol === 'app:') return desktopPort(page)
  return webSocketPort(new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc`))
}
