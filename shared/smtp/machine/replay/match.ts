/**
 * Owns: which recorded exchange answers a command: the same verb, the nearest argument, the first that has not been used.
 * What the recording does not hold gets a reply that commits to nothing.
 */
import { utf8 } from '../../../bytes/bytes.ts'
import { type Command, parseCommand } from '../../grammar/command.ts'
import type { Exchange, RecordedReply } from './types.ts'

export interface Asked {
  verb: string
  /** Of RCPT the address, of AUTH the mechanism; lower case. */
  argument?: string | undefined
  sealed: boolean
}

/** What a line asks; `command` is null when it is none. */
export function readAsked(line: Uint8Array, sealed: boolean): { asked: Asked; command: Command | null } {
  const parsed = parseCommand(line)
  if (!parsed.ok) return { asked: { verb: parsed.problem.verb ?? '', sealed }, command: null }
  const { command } = parsed
  const asked: Asked = { verb: command.verb === 'unknown' ? '' : command.verb, sealed }
  if (command.verb === 'RCPT') asked.argument = command.path.toLowerCase()
  if (command.verb === 'AUTH') asked.argument = command.mechanism.toLowerCase()
  return { asked, command }
}

export class Matcher {
  /** Exchanges by what is asked, from the nearest match to the widest, each in the order of the recording. */
  readonly #queues = new Map<string, Queue>()
  /** The last greeting told on each side of TLS, and anywhere. */
  readonly #hellos: { sealed?: Exchange; clear?: Exchange; last?: Exchange } = {}
  readonly #used = new Set<Exchange>()

  constructor(exchanges: readonly Exchange[]) {
    for (const one of exchanges) {
      for (const key of keysOf(one)) this.#queue(key).exchanges.push(one)
      if (!isHello(one.verb)) continue
      this.#hellos[one.sealed ? 'sealed' : 'clear'] = one
      this.#hellos.last = one
    }
  }

  /** Null when the recording holds nothing for it. The work of all calls together is bounded by calls and exchanges. */
  find(asked: Asked): Exchange | null {
    for (const key of keysOf(asked)) {
      const found = this.#next(key)
      if (found === undefined) continue
      this.#used.add(found)
      return found
    }
    if (!isHello(asked.verb)) return null
    // Who greets once more, or by the other verb, is told the same as before.
    return this.#hellos[asked.sealed ? 'sealed' : 'clear'] ?? this.#hellos.last ?? null
  }

  #queue(key: string): Queue {
    const queue = this.#queues.get(key) ?? { exchanges: [], at: 0 }
    this.#queues.set(key, queue)
    return queue
  }

  #next(key: string): Exchange | undefined {
    const queue = this.#queues.get(key)
    if (queue === undefined) return undefined
    while (queue.at < queue.exchanges.length && this.#used.has(queue.exchanges[queue.at]!)) queue.at++
    return queue.exchanges[queue.at]
  }
}

interface Queue {
  exchanges: Exchange[]
  /** Before it all are used. */
  at: number
}

const keysOf = ({ verb, sealed, argument }: Asked): string[] => [
  JSON.stringify([verb, sealed, argument ?? null]),
  JSON.stringify([verb, sealed]),
  JSON.stringify([verb]),
]

const isHello = (verb: string): boolean => verb === 'EHLO' || verb === 'HELO'

const known: Record<string, [number, string]> = {
  EHLO: [250, 'Hello, not in the recording'],
  HELO: [250, 'Hello, not in the recording'],
  RSET: [250, '2.0.0 Reset, not in the recording'],
  NOOP: [250, '2.0.0 Nothing done, not in the recording'],
  QUIT: [221, '2.0.0 Bye, not in the recording'],
  MAIL: [451, '4.3.0 Not in the recording'],
  RCPT: [451, '4.3.0 Not in the recording'],
  DATA: [451, '4.3.0 Not in the recording'],
  BDAT: [451, '4.3.0 Not in the recording'],
  content: [451, '4.3.0 The recording ends before its reply'],
  AUTH: [454, '4.7.0 Not in the recording'],
  STARTTLS: [454, '4.7.0 Not in the recording'],
}

/** Nothing is accepted that the recorded server was not asked: a refusal for now loses no mail. */
export function sensibleReply(verb: string): RecordedReply {
  const [code, text] = known[verb] ?? [502, '5.5.1 Not in the recording']
  return { bytes: utf8(`${code} ${text}\r\n`), code, wait: 0 }
}
