/** Owns: a bare client for tests: sends what it is told and waits for what it expects, over TCP or TLS. */
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { onTestFinished } from 'vitest'

/** Milliseconds after which a test that waits for words gives up; never reached when things work. */
const patience = 10_000

export class Talk {
  socket: Socket
  /** Everything received and not yet taken, one character per octet. */
  received = ''
  ended = false
  closed: Promise<void>
  #wake: () => void = () => {}

  constructor(socket: Socket) {
    this.socket = socket
    this.closed = this.#listen(socket)
  }

  #listen(socket: Socket): Promise<void> {
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.toString('latin1')
      this.#wake()
    })
    socket.on('end', () => {
      this.ended = true
      this.#wake()
    })
    socket.on('error', () => {})
    return new Promise((resolve) => {
      socket.once('close', () => {
        this.ended = true
        this.#wake()
        resolve()
      })
    })
  }

  write(text: string | Uint8Array): void {
    this.socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text)
  }

  /** Waits until what came matches, takes it all, and answers with it. */
  async until(pattern: RegExp): Promise<string> {
    const limit = Date.now() + patience
    while (!pattern.test(this.received)) {
      if (this.ended)
        throw new Error(`closed while waiting for ${pattern}; got ${JSON.stringify(this.received)}`)
      const left = limit - Date.now()
      if (left <= 0) throw new Error(`waited for ${pattern}; got ${JSON.stringify(this.received)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const all = this.received
    this.received = ''
    return all
  }

  /** Writes a line and waits for its whole reply. */
  async say(line: string): Promise<string> {
    this.write(`${line}\r\n`)
    return this.until(/^\d{3} [^\n]*\n$/m)
  }

  /** STARTTLS was answered 220: shake hands. */
  async secure(ca: string, extra: object = {}): Promise<void> {
    this.socket.removeAllListeners('data')
    const sealed = connectTls({ socket: this.socket, ca, servername: 'localhost', ...extra })
    this.socket = sealed
    this.closed = this.#listen(sealed)
    await new Promise<void>((resolve, reject) => {
      sealed.once('secureConnect', resolve)
      sealed.once('error', reject)
    })
  }
}

export async function talk(port: number): Promise<Talk> {
  const socket = connectTcp({ port, host: '127.0.0.1', noDelay: true })
  onTestFinished(() => void socket.destroy())
  const client = new Talk(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return client
}

export async function talkTls(port: number, ca: string): Promise<Talk> {
  const client = await talk(port)
  await client.secure(ca)
  return client
}
