/** Owns: a Port over the main process's end of a message channel to the page. */
import type { MessagePortMain } from 'electron'
import { Inlet, portOver } from '#shared/rpc/port.ts'
import type { Port } from '#shared/rpc/types.ts'

export function channelPort(channel: MessagePortMain): Port {
  const inlet = new Inlet()
  channel.on('message', (event) => inlet.push(event.data))
  channel.on('close', () => inlet.end())
  channel.start()
  return portOver(inlet, {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin to name
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  })
}
