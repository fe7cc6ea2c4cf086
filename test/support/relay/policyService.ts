/**
 * Owns: a policy service for Postfix (SMTPD_POLICY_README): it is asked when the final dot has come and before the message
 * is taken, and answers when the test says so. What it was asked proves how far the conversation had come.
 */
import { createServer, type Socket } from 'node:net'
import { portOf } from '../server/place.ts'

export interface PolicyService {
  port: number
  /** The next question, by name; `answer` lets Postfix go on. */
  next(): Promise<{ asked: ReadonlyMap<string, string>; answer(): void }>
  /** From now on each is answered at once. */
  letGo(): void
  stop(): Promise<void>
}

type Question = Awaited<ReturnType<PolicyService['next']>>

export async function startPolicyService(): Promise<PolicyService> {
  const open = new Set<Socket>()
  const came: Question[] = []
  let waiting: ((question: Question) => void) | null = null
  let free = false
  const server = createServer((socket) => {
    let rest = ''
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => {})
    socket.on('data', (bytes) => {
      rest += bytes.toString('latin1')
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const pairs = rest.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)
        rest = rest.slice(end + 2)
        const question = { asked: new Map(pairs), answer: () => void socket.write('action=dunno\n\n') }
        if (free) question.answer()
        else if (waiting === null) came.push(question)
        else waiting(question)
        waiting = null
      }
    })
  }) // prettier-ignore
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: portOf(server),
    next: () => new Promise((tell) => {
      const first = came.shift()
      if (first === undefined) waiting = tell
      else tell(first)
    }),
    letGo: () => void (free = true),
    stop: () => new Promise((done) => {
      for (const socket of open) socket.destroy()
      server.close(() => done())
    }),
  } // prettier-ignore
}
