/** Owns: a mail server for tests of delivery: it says what its rules say, and counts what came, how and from where. */
import type { Socket } from 'node:net'
import { listen, type TestServer } from '../dialogue/scriptedServer.ts'

/** What is said instead of 250 (354 for DATA); `drop` breaks the connection off, `null` says nothing. */
export type Said = string | null | undefined

export interface MailRules {
  banner?: (connection: number) => Said
  ehlo?: string[]
  mail?: (line: string, n: number) => Said
  rcpt?: (line: string, inTransaction: number) => Said
  data?: (n: number) => Said
  /** After the dot; `to`: the RCPT lines of the message. */
  end?: (n: number, to: readonly string[]) => Said
}

export interface Received {
  from: string
  to: string[]
  text: string
  connection: number
}

export interface MailServer extends TestServer {
  readonly kept: Received[]
  /** Every command line. */
  readonly lines: string[]
  /** EHLO names and addresses that connections came from. */
  readonly hellos: string[]
  /** Most connections at once, those that had said QUIT left out. */
  most(): number
  /** Those that are open now, the one that is greeted included. */
  open(): number
  /** Resolves when so many messages were kept. */
  whenKept(count: number): Promise<void>
}

export async function mailServer(rules: MailRules = {}): Promise<MailServer> {
  const kept: Received[] = []
  const lines: string[] = []
  const hellos: string[] = []
  const waiting = new Set<() => void>()
  const totals = { open: 0, most: 0, connections: 0, mails: 0, ends: 0 }
  const keep = (one: Received): void => {
    kept.push(one)
    for (const look of waiting) look()
  }
  const server = await listen((socket) => {
    totals.connections++
    totals.most = Math.max(totals.most, ++totals.open)
    const left = (): void => {
      totals.open -= gone ? 0 : 1
      gone = true
    }
    let gone = false
    socket.on('close', left)
    converse(socket, rules, { totals, lines, hellos, keep, left })
  })
  const whenKept = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (kept.length < count) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { ...server, kept, lines, hellos, most: () => totals.most, open: () => totals.open, whenKept }
}

interface Shared {
  totals: { connections: number; mails: number; ends: number }
  lines: string[]
  hellos: string[]
  keep(one: Received): void
  /** The client has said that it goes. */
  left(): void
}

function converse(socket: Socket, rules: MailRules, { totals, lines, hellos, keep, left }: Shared): void {
  const connection = totals.connections
  const state = { rest: '', content: null as string[] | null, from: '', to: [] as string[], named: 0 }
  const say = (said: Said, otherwise: string): string => {
    if (said === 'drop') socket.destroy()
    else if (said !== null) socket.write(`${said ?? otherwise}\r\n`)
    if (said?.startsWith('421')) socket.end()
    return said ?? otherwise
  }
  const offers = ['test.example', ...(rules.ehlo ?? ['PIPELINING', '8BITMIME', 'SIZE 0'])]
  const hello = offers.map((word, i) => `250${i === offers.length - 1 ? ' ' : '-'}${word}`).join('\r\n')
  const command = (line: string): void => {
    lines.push(line)
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') {
      hellos.push(`${line.slice(5)} ${socket.remoteAddress}`)
      return void say(undefined, hello)
    }
    if (verb === 'QUIT') {
      left()
      return void socket.end('221 bye\r\n')
    }
    if (verb === 'MAIL') {
      Object.assign(state, { from: line, to: [], named: 0 })
      if (!say(rules.mail?.(line, ++totals.mails), '250 2.1.0 ok').startsWith('2')) state.from = ''
      return
    }
    if (verb === 'RCPT') {
      if (state.from === '') return void say('503 5.5.1 no sender', '')
      if (say(rules.rcpt?.(line, ++state.named), '250 2.1.5 ok').startsWith('2')) state.to.push(line)
      return
    }
    if (verb === 'RSET') state.from = ''
    if (verb !== 'DATA') return void say(undefined, '250 ok')
    if (state.to.length === 0) return void say('554 5.5.1 no valid recipients', '')
    if (say(rules.data?.(totals.ends + 1), '354 go on').startsWith('354')) state.content = []
  }
  const content = (line: string): void => {
    if (line !== '.') return void state.content!.push(line.startsWith('.') ? line.slice(1) : line)
    const text = `${state.content!.join('\r\n')}\r\n`
    state.content = null
    const said = rules.end?.(++totals.ends, state.to)
    if (said === undefined || said?.startsWith('2'))
      keep({ from: state.from, to: state.to, text, connection })
    say(said, '250 2.0.0 kept')
  }
  const greeting = say(rules.banner?.(connection), '220 test.example')
  if (!greeting.startsWith('2')) return void socket.end()
  socket.on('data', (chunk) => {
    state.rest += chunk.toString('latin1')
    for (
      let end = state.rest.indexOf('\r\n');
      end >= 0 && !socket.destroyed;
      end = state.rest.indexOf('\r\n')
    ) {
      const line = state.rest.slice(0, end)
      state.rest = state.rest.slice(end + 2)
      if (state.content) content(line)
      else command(line)
    }
  })
}
