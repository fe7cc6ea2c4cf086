/**
 * Owns: a client of the local server that waits for each reply and goes by it, while a person at the gate does anything;
 * what it was told of its messages is remembered, to be compared with what was kept.
 */
import * as fc from 'fast-check'
import type { GateAction } from '#shared/rpc/contract/dialogue.ts'
import type { Talk } from './talk.ts'

const replies = ['250 ok', '250-a\r\n250 b', '354 go', '451 later', '550 5.1.1 no', '554 never', '421 bye', '334 ', '235 in', '220 go', 'what', '250'] // prettier-ignore
const raw = fc
  .tuple(fc.constantFrom(...replies), fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', ''))
  .map((parts) => parts.join(''))

export const actions: fc.Arbitrary<GateAction[]> = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom<GateAction>({ type: 'step' }, { type: 'step' }, { type: 'step' }, { type: 'run' }, { type: 'pause' }) },
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom('edit' as const, 'edit' as const, 'insert' as const), raw).map(([type, text]) => ({ type, raw: text })) },
    { weight: 2, arbitrary: fc.constantFrom<GateAction>({ type: 'skip' }, { type: 'repeat' }, { type: 'delay', ms: 1 }, { type: 'breakpoints', breakpoints: ['.', '4xx'] }) },
    { weight: 1, arbitrary: fc.constantFrom<GateAction>({ type: 'finish' }, { type: 'drop' }, { type: 'reset' }) },
  ),
  { maxLength: 16 },
) // prettier-ignore

/** What the client was told of a message that it sent whole. */
export interface Told {
  subject: string
  code: number
}

const commands = ['EHLO me', 'AUTH PLAIN AGFubgB3aWxkLXBhc3N3b3Jk', 'MAIL FROM:<a@a.test>', 'RCPT TO:<b@b.test>', 'DATA'] // prettier-ignore
export const secret = 'wild-password'
const rounds = 2

/** Says the commands of some messages, one at a time, each when the one before has its reply. */
export class WildClient {
  readonly told: Told[] = []
  /** All octets from the server, one character each. */
  all = ''
  readonly #talk: Talk
  readonly #name: string
  #unread = ''
  /** The next command; behind the last one the content. */
  #at = -1
  #round = 0
  #sending: string | null = null

  constructor(talk: Talk, name: string) {
    this.#talk = talk
    this.#name = name
    talk.socket.on('data', (chunk: Buffer) => this.#read(chunk.toString('latin1')))
  }

  #read(text: string): void {
    this.all += text
    this.#unread += text
    for (let code = this.#take(); code !== null; code = this.#take()) this.#reply(code)
  }

  /** The next whole reply; 0 for a line that is none, which this client takes for a refusal. */
  #take(): number | null {
    for (;;) {
      const lf = this.#unread.indexOf('\n')
      if (lf < 0) return null
      const line = this.#unread.slice(0, lf).replace(/\r$/, '')
      this.#unread = this.#unread.slice(lf + 1)
      if (/^\d{3}-/.test(line)) continue
      return /^\d{3}(?: |$)/.test(line) ? Number(line.slice(0, 3)) : 0
    }
  }

  #reply(code: number): void {
    if (this.#sending !== null) {
      this.told.push({ subject: this.#sending, code })
      this.#sending = null
      this.#at = 1
      if (++this.#round === rounds) return this.#say('QUIT')
    } else if (this.#at === commands.length - 1 && code === 354) return this.#content()
    if (this.#round >= rounds || code === 421) return void this.#talk.socket.end()
    // A refused EHLO or DATA is asked again at most a few times, for the round ends with the content or with patience.
    this.#at = (this.#at + 1) % commands.length
    if (this.#at === 0 && this.#round++ > 0) return this.#say('QUIT')
    this.#say(commands[this.#at]!)
  }

  #content(): void {
    const subject = `${this.#name}-${this.#round}`
    this.#sending = subject
    this.#talk.write(`Subject: ${subject}\r\n\r\nhello\r\n.\r\n`)
  }

  #say(line: string): void {
    if (!this.#talk.socket.destroyed) this.#talk.write(`${line}\r\n`)
  }
}
