/** Owns: taking the page's port, from the page itself only, and serving the engine on it. One port per window at a time. */
import type { IpcMain, IpcMainEvent } from 'electron'
import type { Log } from '#engine/ports.ts'
import { portHere } from '#shared/rpc/handover.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { Handlers, Port } from '#shared/rpc/types.ts'
import { channelPort } from './channelPort.ts'
import { pageAddress } from './protocol.ts'

/** A frame inside the page, or a page that got in by a mistake of ours, is not the page. */
function fromPage(event: IpcMainEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(pageAddress)
}

export function servePorts(ipc: Pick<IpcMain, 'on'>, handlers: Handlers, log: Log): void {
  const open = new Map<number, Port>()
  ipc.on(portHere, (event) => {
    const [channel] = event.ports
    if (channel === undefined) return
    if (!fromPage(event)) return channel.close()
    const page = event.sender.id
    // A reloaded page asks again: what the former one had asked for is cancelled.
    open.get(page)?.close()
    const port = channelPort(channel)
    open.set(page, port)
    port.onClose(() => {
      if (open.get(page) === port) open.delete(page)
    })
    serveRpc(port, handlers, {
      onFault: (name, error) => log('error', `${name} failed`, { error: String(error) }),
    })
  })
}
