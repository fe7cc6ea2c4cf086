/** Owns: one question to one server over TCP (RFC 7766): two octets of length, then the message, each way. */
import { randomInt } from 'node:crypto'
import { connect } from 'node:net'
import { errorCode } from '../dialogue/fault.ts'
import type { Exchange, Exchanged } from './exchangeTypes.ts'
import { readAnswer, writeQuestion, type Question } from './message.ts'

/** Never rejects; the socket is destroyed when it answers. Holds at most one message, 64 KiB. */
export function askOverTcp({ server, question, signal }: Exchange): Promise<Exchanged> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'over' })
    const id = randomInt(0x1_0000)
    const socket = connect({ host: server.address, port: server.port, noDelay: true })
    const incoming = new FramedMessage()
    let over = false
    const finish = (result: Exchanged): void => {
      if (over) return
      over = true
      signal.removeEventListener('abort', abort)
      socket.destroy()
      resolve(result)
    }
    const abort = (): void => finish({ kind: 'over' })
    signal.addEventListener('abort', abort, { once: true })
    socket.on('error', (error) => finish({ kind: 'unreachable', code: errorCode(error) }))
    socket.on('close', () => finish({ kind: 'unreachable', code: 'ECONNRESET' }))
    socket.on('connect', () => socket.write(frame(writeQuestion(id, question))))
    socket.on('data', (bytes: Buffer) => {
      const message = incoming.push(bytes)
      if (message) finish(judge(message, id, question))
    })
  })
}

function judge(message: Uint8Array, id: number, question: Question): Exchanged {
  const read = readAnswer(message, id, question)
  // On a connection of its own nothing else is expected; an answer that is cut even here cannot be had whole.
  return read.kind === 'answer' && !read.message.truncated ? read : { kind: 'unreadable' }
}

function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 2)
  new DataView(framed.buffer).setUint16(0, message.length)
  framed.set(message, 2)
  return framed
}

/** Puts one framed message together from any pieces; what follows it is dropped. */
class FramedMessage {
  readonly #octets = new Uint8Array(0xffff + 2)
  #held = 0

  push(bytes: Uint8Array): Uint8Array | undefined {
    const taken = bytes.subarray(0, this.#octets.length - this.#held)
    this.#octets.set(taken, this.#held)
    this.#held += taken.length
    if (this.#held < 2) return undefined
    const length = new DataView(this.#octets.buffer).getUint16(0)
    return this.#held >= length + 2 ? this.#octets.subarray(2, length + 2) : undefined
  }
}
