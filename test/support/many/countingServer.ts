/** Owns: a mail server for tests of many messages: it counts what it keeps, and refuses, closes or breaks off as told. */
import type { Socket } from 'node:net'
import { listen, type TestServer } from '../dialogue/scriptedServer.ts'

export interface CountingRules {
  banner?: (connection: number) => string
  ehlo?: string[]
  /** Messages that one connection may bring; the next MAIL is answered 421. */
  perConnection?: number
  /** Reply to the n-th MAIL of all, from 1; undefined: 250. */
  mail?: (n: number) => string | undefined
  /** Reply to the n-th end of data of all; undefined: 250, and the message is kept. */
  end?: (n: number) => string | undefined
  /** Break the connection inside the n-th content of all. */
  cut?: (n: number) => boolean
}

export interface CountingServer extends TestServer {
  /** Content of every message that was answered 250. */
  kept: string[]
  /** Most connections that were open at once. */
  most(): number
}

interface Totals {
  mails: number
  contents: number
  connections: number
  open: number
  most: number
}

export async function countingServer(rules: CountingRules = {}): Promise<CountingServer> {
  const kept: string[] = []
  const totals: Totals = { mails: 0, contents: 0, connections: 0, open: 0, most: 0 }
  const server = await listen((socket) => {
    totals.connections++
    totals.most = Math.max(totals.most, ++totals.open)
    socket.on('close', () => totals.open--)
    converse(socket, rules, totals, kept)
  })
  return { ...server, kept, most: () => totals.most }
}

function converse(socket: Socket, rules: CountingRules, totals: Totals, kept: string[]): void {
  const own = { count: 0, content: null as string[] | null, rest: '', from: false }
  const say = (text: string): void => void socket.write(`${text}\r\n`)
  const greeting = rules.banner?.(totals.connections) ?? '220 counting'
  say(greeting)
  if (!greeting.startsWith('220')) return void socket.end()
  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO')
      return say(
        ['250-counting', ...(rules.ehlo ?? ['PIPELINING']).map((word) => `250-${word}`), '250 HELP'].join(
          '\r\n',
        ),
      )
    if (verb === 'QUIT') return void socket.end('221 bye\r\n')
    if (verb === 'MAIL') {
      if (rules.perConnection !== undefined && own.count >= rules.perConnection)
        return void socket.end('421 4.7.0 enough on this connection\r\n')
      const reply = rules.mail?.(++totals.mails) ?? '250 ok'
      own.from = reply.startsWith('250')
      if (!reply.startsWith('421')) return say(reply)
      return void socket.end(`${reply}\r\n`)
    }
    if (verb === 'RCPT' || verb === 'DATA') {
      if (!own.from) return say('503 5.5.1 no sender')
    }
    if (verb !== 'DATA') return say('250 ok')
    totals.contents++
    own.content = []
    say('354 go on')
    if (rules.cut?.(totals.contents)) socket.destroy()
  }
  const content = (line: string): void => {
    if (line !== '.') return void own.content!.push(line.startsWith('.') ? line.slice(1) : line)
    const reply = rules.end?.(totals.contents)
    if (reply === undefined) {
      own.count++
      kept.push(own.content!.join('\r\n'))
    }
    own.content = null
    own.from = false
    say(reply ?? '250 kept')
  }
  socket.on('data', (chunk) => {
    own.rest += chunk.toString('latin1')
    for (let end = own.rest.indexOf('\r\n'); end >= 0 && !socket.destroyed; end = own.rest.indexOf('\r\n')) {
      const line = own.rest.slice(0, end)
      own.rest = own.rest.slice(end + 2)
      if (own.content) content(line)
      else command(line)
    }
  })
}
