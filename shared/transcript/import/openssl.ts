/**
 * Owns: the output of `openssl s_client`. With -starttls the greeting, EHLO and STARTTLS are not printed, only the last
 * line of the EHLO reply; what was typed is there when a terminal showed it. Later notes may stand between the lines.
 */
import type { EventBody } from '../event.ts'
import { Dialogue } from './dialogue.ts'
import { blockBegins, blockEnds, isLoudNoise, isNoise } from './opensslLines.ts'
import { OpensslFacts } from './opensslFacts.ts'
import type { ImportedSession, SourceLine, Steps, Surroundings } from './types.ts'
import { isReply, UnmarkedReader } from './unmarked.ts'

/** Lines of one base64 block; what is longer is no certificate. */
const longestBlock = 1000

const command = /openssl s_client\b.*?-connect[ =](\S{1,253}?):(\d{1,5})(?:\s|$)/

const renegotiating = 'RENEGOTIATING'
const commandWords =
  'openssl itself took the line that begins with R: it asked for a new handshake, which TLS 1.3 does not have ("wrong ssl version"), and did not send the line. A line that begins with Q ends it. Start openssl with -quiet, or type rcpt to: in lower case.'

export function readOpenssl(
  lines: readonly SourceLine[],
  surroundings: Surroundings,
): Steps<ImportedSession> {
  return new OpensslReader(lines, surroundings).read()
}

class OpensslReader {
  readonly #lines: readonly SourceLine[]
  readonly #dialogue: Dialogue
  readonly #facts: OpensslFacts
  readonly #unmarked: UnmarkedReader
  #told = false
  #own = false
  #toldOfCommands = false

  constructor(lines: readonly SourceLine[], surroundings: Surroundings) {
    this.#lines = lines
    this.#facts = new OpensslFacts(surroundings)
    this.#dialogue = new Dialogue({ role: 'client', startedAt: new Date(surroundings.now).toISOString(), host: '', port: 0, times: 'none' }) // prettier-ignore
    this.#unmarked = new UnmarkedReader(this.#dialogue, lines)
  }

  *read(): Steps<ImportedSession> {
    for (let index = 0; index < this.#lines.length;) {
      index = this.#step(index)
      yield index
    }
    if (!this.#told) this.#tell(false)
    this.#tellEnd()
    const { head } = this.#dialogue
    if (head.port === 0) head.port = head.tls === 'implicit' ? 465 : 587
    return yield* this.#dialogue.finish('s1')
  }

  /** Reads the line at `index` and what belongs to it; answers with the next. */
  #step(index: number): number {
    const dialogue = this.#dialogue
    const line = this.#lines[index]!
    const { text } = line
    if (this.#isTaken(index)) return this.#taken(index)
    if (dialogue.inContent && !this.#interrupts(index)) {
      this.#unmarked.take(index)
      return index + 1
    }
    if (blockBegins(text) !== null) return this.#block(index)
    if (isNoise(text)) return this.#note(index)
    if (!this.#told && isReply(text)) this.#beginWith(text, line)
    else if (!this.#unmarked.take(index)) dialogue.remark(line, false)
    return index + 1
  }

  /** A ticket that arrives while a message is typed: its frame looks like content, what follows does not. */
  #interrupts(index: number): boolean {
    const text = this.#lines[index]!.text
    return isLoudNoise(text) || (text === '---' && isLoudNoise(this.#lines[index + 1]?.text ?? ''))
  }

  /** s_client took a line that begins with R as its command to renegotiate; where input is not echoed only its answer is here. */
  #isTaken(index: number): boolean {
    const { text } = this.#lines[index]!
    return text === renegotiating || (text.startsWith('R') && this.#lines[index + 1]?.text === renegotiating)
  }

  /** The line was never sent, so it is none of the client's; said once what happened to it. */
  #taken(index: number): number {
    const last = this.#lines[index]!.text === renegotiating ? index : index + 1
    // An answer to a challenge may begin with R like any base64: it is a secret although it was not sent.
    if (last > index) this.#dialogue.remark(this.#lines[index]!, true, this.#dialogue.challenged ? '********' : this.#lines[index]!.text) // prettier-ignore
    this.#dialogue.remark(this.#lines[last]!)
    if (this.#toldOfCommands) return last + 1
    this.#toldOfCommands = true
    this.#dialogue.event({ kind: 'remark', phase: 'other', direction: 'none', text: commandWords, understood: true, line: this.#lines[last]!.number }) // prettier-ignore
    return last + 1
  }

  #note(index: number): number {
    const line = this.#lines[index]!
    const { text } = line
    if (text.startsWith('Server certificate')) this.#own = true
    const given = command.exec(text)
    if (given)
      Object.assign(this.#dialogue.head, { host: given[1], port: Math.min(65_535, Number(given[2])) })
    const at = /^Connecting to (\S{1,60})/.exec(text)?.[1]
    if (at !== undefined && this.#dialogue.head.host === '') this.#dialogue.head.host = at
    this.#facts.take(text)
    this.#dialogue.remark(line)
    // The rest of a ticket, up to its closing rule, is noise even in the middle of content.
    if (!text.startsWith('Post-Handshake')) return index + 1
    let next = index + 1
    while (next < this.#lines.length && next < index + 80 && this.#lines[next]!.text !== '---')
      this.#dialogue.remark(this.#lines[next++]!)
    if (this.#lines[next]?.text === '---') this.#dialogue.remark(this.#lines[next++]!)
    return next
  }

  /** A block of base64: known as a whole, read when it is a certificate. */
  #block(index: number): number {
    const kind = blockBegins(this.#lines[index]!.text)!
    const { length } = this.#lines
    let end = index
    while (end + 1 < length && end - index < longestBlock && !blockEnds(this.#lines[end]!.text)) end++
    const inside = this.#lines.slice(index + 1, end).map(({ text }) => text.trim())
    const whole = blockEnds(this.#lines[end]!.text) && inside.every((text) => /^[A-Za-z0-9+/=]*$/.test(text))
    if (!whole) {
      this.#dialogue.remark(this.#lines[index]!, false)
      return index + 1
    }
    if (kind === 'CERTIFICATE') this.#facts.certificate(inside.join(''), this.#own)
    const secret = kind.includes('PRIVATE KEY') || kind.includes('SESSION')
    for (let at = index; at <= end; at++)
      this.#dialogue.remark(this.#lines[at]!, true, secret && at > index && at < end ? '********' : this.#lines[at]!.text) // prettier-ignore
    return end + 1
  }

  /**
   * The first line of SMTP: a greeting where TLS came first. With -starttls it is the last line of the reply to EHLO that
   * was said in clear before; a part of a reply is none.
   */
  #beginWith(text: string, line: SourceLine): void {
    const greeting = /^(?:220|421|554)/.test(text)
    if (!greeting) this.#dialogue.remark(line)
    this.#tell(!greeting)
    if (greeting) this.#dialogue.server(text, line)
  }

  #tell(starttls: boolean): void {
    this.#told = true
    const { refused } = this.#facts
    if (refused !== undefined) return this.#notConnected(refused)
    const tls = this.#facts.handshake() ?? (starttls ? established : null)
    if (tls === null) return
    this.#dialogue.head.tls = starttls ? 'starttls' : 'implicit'
    this.#dialogue.event(tls)
  }

  #notConnected(errno: string): void {
    const { host, port } = this.#dialogue.head
    const [outcome, words] = errors[errno] ?? (['failed', `The connection failed with error ${errno}.`] as const) // prettier-ignore
    this.#dialogue.event({
      kind: 'connect', phase: 'tcp', direction: 'none', address: host || 'unknown', port, family: host.includes(':') ? 6 : 4, took: 0, outcome,
      fault: { code: outcome.toUpperCase(), message: words },
    }) // prettier-ignore
    this.#dialogue.event({ kind: 'end', phase: 'tcp', direction: 'none', outcome: outcome === 'refused' || outcome === 'timeout' ? outcome : 'failed', by: 'network', message: 'The connection could not be made.' }) // prettier-ignore
  }

  #tellEnd(): void {
    const tls = this.#facts.handshake()
    if (this.#dialogue.ended || tls?.outcome !== 'failed') return
    this.#dialogue.event({ kind: 'end', phase: 'tls', direction: 'none', outcome: 'failed', by: 'network', message: 'The TLS handshake failed.' }) // prettier-ignore
  }
}

const established: EventBody & { kind: 'tls' } = { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0 } // prettier-ignore

/** errno of Linux; others are told by their number. */
const errors: Record<string, readonly ['refused' | 'timeout' | 'unreachable' | 'reset', string]> = {
  104: ['reset', 'The connection was reset.'],
  110: ['timeout', 'No answer to the connection.'],
  111: ['refused', 'Nothing listens there.'],
  113: ['unreachable', 'The host cannot be reached.'],
  101: ['unreachable', 'The network cannot be reached.'],
}
