/**
 * Owns: one question to one server in one datagram. Each goes out of a new socket, bound to a port of the system's random
 * choice and connected, so that only the server's own address and port are heard (RFC 5452 §9.2), with a random id.
 */
import { createSocket } from 'node:dgram'
import { randomInt } from 'node:crypto'
import { errorCode } from '../dialogue/fault.ts'
import type { Exchange, Exchanged } from './exchangeTypes.ts'
import { readAnswer, writeQuestion } from './message.ts'

/** After so many answers that fit no question somebody guesses ids (RFC 5452 §9.3): TCP cannot be guessed into. */
const maxStrays = 16

/** Never rejects; the socket is closed when it answers. */
export function askOverUdp({ server, question, signal }: Exchange): Promise<Exchanged> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'over' })
    const socket = createSocket(server.family === 6 ? 'udp6' : 'udp4')
    const id = randomInt(0x1_0000)
    let strays = 0
    let over = false
    const finish = (result: Exchanged): void => {
      if (over) return
      over = true
      signal.removeEventListener('abort', abort)
      socket.close()
      resolve(result)
    }
    const fail = (error: unknown): void => finish({ kind: 'unreachable', code: errorCode(error) })
    const abort = (): void => finish({ kind: 'over' })
    signal.addEventListener('abort', abort, { once: true })
    socket.on('error', fail)
    socket.on('message', (bytes) => {
      const read = readAnswer(bytes, id, question)
      if (read.kind === 'stray') {
        if (++strays >= maxStrays) finish({ kind: 'too-large' })
      } else if (read.kind === 'answer' && read.message.truncated) finish({ kind: 'too-large' })
      else finish(read)
    })
    socket.connect(server.port, server.address, (error?: Error) => {
      if (over) return
      if (error) return fail(error)
      socket.send(writeQuestion(id, question), (problem) => {
        if (problem) fail(problem)
      })
    })
  })
}
