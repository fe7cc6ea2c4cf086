/** Owns: the small part of electron's module that the desktop host touches, for tests without a runtime. */
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads'

/** The main process's end of a channel: events as objects with `data`, queued until `start`, over a real port. */
export class FakeMessagePortMain extends EventEmitter {
  readonly #port: NodePort
  constructor(port: NodePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  postMessage(message: unknown): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin to name
    this.#port.postMessage(message)
  }

  close(): void {
    this.#port.close()
  }
}

export function fakeChannel(): { main: FakeMessagePortMain; page: NodePort } {
  const { port1, port2 } = new MessageChannel()
  return { main: new FakeMessagePortMain(port1), page: port2 }
}
