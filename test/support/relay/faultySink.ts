/**
 * Owns: a mail server that takes what a relay gives it as a bad one would: at random it answers 451, breaks connections off
 * before the dot, or behind it, where it has taken the message. What it took it remembers, each time.
 */
import type { Socket } from 'node:net'
import { listen } from '../dialogue/scriptedServer.ts'

export interface FaultySinkParts {
  /** From 0 up to 1. */
  random: () => number
  /** Recipients that get 550. */
  refuses: (address: string) => boolean
  /** Whether this is all that is to be delivered to that address; `from` is empty for a bounce. */
  whole: (content: string, to: string, from: string) => boolean
  /** After each step: a command that counts, or a dot before it is answered. */
  step: () => void
}

export interface FaultySink {
  port: number
  /** Times that each recipient was given its message. */
  readonly delivered: ReadonlyMap<string, number>
  /** Times that each sender was given a bounce. */
  readonly bounced: ReadonlyMap<string, number>
  /** Recipients whose message was not whole. */
  readonly torn: readonly string[]
  /** Faults so far, by kind. */
  readonly faults: Record<Fault, number>
  /** Resolves when it is so; it is looked after each message that it took. */
  when(fits: () => boolean): Promise<void>
  close(): Promise<void>
}

type Fault = 'later' | 'beforeDot' | 'behindDot'

/** How often each of them comes. */
const chances: readonly (readonly [Fault, number])[] = [
  ['later', 0.06],
  ['beforeDot', 0.02],
  ['behindDot', 0.02],
]

export async function faultySink(parts: FaultySinkParts): Promise<FaultySink> {
  const delivered = new Map<string, number>()
  const bounced = new Map<string, number>()
  const waiting = new Set<() => void>()
  const faults: FaultySink['faults'] = { later: 0, beforeDot: 0, behindDot: 0 }
  const torn: string[] = []
  const took = (from: string, to: string, content: string): void => {
    if (!parts.whole(content, to, from)) torn.push(to)
    const kept = from === '' ? bounced : delivered
    kept.set(to, (kept.get(to) ?? 0) + 1)
    for (const look of waiting) look()
  }
  const chosen = (): Fault | null => {
    let at = parts.random()
    const fault = chances.find(([, chance]) => (at -= chance) < 0)?.[0] ?? null
    if (fault !== null) faults[fault]++
    return fault
  }
  const { port, close } = await listen((socket) => converse(socket, { ...parts, took, chosen }))
  const when = (fits: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!fits()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { port, delivered, bounced, torn, faults, when, close }
}

type Home = FaultySinkParts & {
  took(from: string, to: string, content: string): void
  chosen(): Fault | null
}

const pathOf = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? ''

function converse(socket: Socket, home: Home): void {
  const state = {
    from: '',
    to: [] as string[],
    content: null as string[] | null,
    fault: null as Fault | null,
  }
  const say = (text: string): void => void socket.write(`${text}\r\n`)
  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') return say('250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME')
    if (verb === 'QUIT') return void socket.end('221 bye\r\n')
    if (verb === 'MAIL') Object.assign(state, { from: pathOf(line), to: [], fault: home.chosen() })
    if (verb === 'RCPT') {
      home.step()
      const address = pathOf(line)
      if (home.refuses(address)) return say('550 5.1.1 No such user')
      if (state.fault === 'later') return say('451 4.7.1 Try again later')
      state.to.push(address)
    }
    if (verb !== 'DATA') return say('250 ok')
    if (state.to.length === 0) return say('554 5.5.1 no valid recipients')
    state.content = []
    say('354 go on')
  }
  const content = (line: string): void => {
    if (state.fault === 'beforeDot') return void socket.destroy()
    if (line !== '.') return void state.content!.push(line)
    const text = state.content!.join('\n')
    state.content = null
    for (const to of state.to) home.took(state.from, to, text)
    home.step()
    if (state.fault === 'behindDot') return void socket.destroy()
    say('250 2.0.0 taken')
  }
  byLine(socket, (line) => (state.content ? content(line) : command(line)))
  say('220 sink.test')
}

/** Calls with each line, without its end, as long as the socket is whole. */
export function byLine(socket: Socket, line: (text: string) => void): void {
  let rest = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    rest += chunk
    for (let end = rest.indexOf('\r\n'); end >= 0 && !socket.destroyed; end = rest.indexOf('\r\n')) {
      const text = rest.slice(0, end)
      rest = rest.slice(end + 2)
      line(text)
    }
  })
}
