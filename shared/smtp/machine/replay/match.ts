/**
 * Owns: which recorded exchange answers a command: the same verb, the nearest argument, the first that has not been used.
 * What the recording does not hold gets a reply that commits to nothing.
 */
import { utf8 } from '../../../bytes/bytes.ts'
import type { Exchange, RecordedReply } from './types.ts'

export interface Asked {
  verb: string
  /** Of RCPT the address, of AUTH the mechanism; lower case. */
  argument?: string | undefined
  sealed: boolean
}

export class Matcher {
  readonly #exchanges: readonly Exchange[]
  readonly #used = new Set<Exchange>()

  constructor(exchanges: readonly Exchange[]) {
    this.#exchanges = exchanges
  }

  /** Null when the recording holds nothing for it. */
  find(asked: Asked): Exchange | null {
    const hello = asked.verb === 'EHLO' || asked.verb === 'HELO'
    const candidates = this.#exchanges.filter(({ verb }) => (hello ? isHello(verb) : verb === asked.verb))
    const fresh = candidates.filter((exchange) => !this.#used.has(exchange))
    const found =
      fresh.find(
        (one) => one.verb === asked.verb && one.sealed === asked.sealed && one.argument === asked.argument,
      ) ??
      fresh.find((one) => one.verb === asked.verb && one.sealed === asked.sealed) ??
      fresh.find((one) => one.verb === asked.verb) ??
      // Who greets once more, or by the other verb, is told the same as before.
      (hello ? (candidates.findLast((one) => one.sealed === asked.sealed) ?? candidates.at(-1)) : undefined)
    if (found === undefined) return null
    this.#used.add(found)
    return found
  }
}

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
