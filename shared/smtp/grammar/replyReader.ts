/**
 * Owns: assembling a server's replies from octets (RFC 5321 §4.2.1), bounded in line length, lines and octets. What is
 * wrong but readable is read and named in `malformed`. Of differing codes the last line's counts, as it does for
 * clients that look at the final line only.
 */
import { concat, fromUtf8, toByteString } from '../../bytes/bytes.ts'
import type { Reply } from '../machine/types.ts'
import { LineReader, type Line } from './lineReader.ts'
import { guessProtocol } from './otherProtocols.ts'
import { showValue } from './problem.ts'
import { parseReplyLine, replyLineLimit, type ReplyLine } from './reply.ts'

export interface ReceivedReply {
  /** Null when it could not be read as SMTP at all; `malformed` then says why. */
  reply: Reply | null
  lines: ReplyLine[]
  /** As received, every line end included (over-long lines cut). */
  raw: Uint8Array
  /** What is wrong with it, in words. */
  malformed?: string
  /** True octets, when `raw` holds fewer. */
  cutFrom?: number
  /** A limit ended it: what comes next may be its remaining lines. Hang up. */
  overflow?: true
}

export interface ReplyLimits {
  /** Octets kept of one line; default 2000 (the standard's 512 is often exceeded; longer than 512 is reported). */
  line: number
  /** Lines of one reply; default 1000. More end the reply as malformed. */
  lines: number
  /** Octets of one reply; default 65536. */
  octets: number
}

interface Pending {
  lines: ReplyLine[]
  raw: Uint8Array[]
  kept: number
  size: number
  problems: Set<string>
}

const fresh = (): Pending => ({ lines: [], raw: [], kept: 0, size: 0, problems: new Set() })

export class ReplyReader {
  readonly #limits: ReplyLimits
  readonly #reader: LineReader
  #pending = fresh()

  constructor(limits: Partial<ReplyLimits> = {}) {
    this.#limits = { line: 2000, lines: 1000, octets: 65536, ...limits }
    this.#reader = new LineReader({ max: this.#limits.line, lenientLf: true })
  }

  push(bytes: Uint8Array): void {
    this.#reader.push(bytes)
  }

  /** Octets held: unread ones and those of an unfinished reply. */
  get buffered(): number {
    return this.#reader.buffered + this.#pending.kept
  }

  /** The next whole reply, or null until more octets come. */
  next(): ReceivedReply | null {
    for (let line = this.#reader.next(); line !== null; line = this.#reader.next()) {
      const received = this.#take(line)
      if (received) return received
    }
    if (this.#pending.size + this.#reader.unfinished <= this.#limits.octets) return null
    return this.#take(this.#reader.flush()!)
  }

  /** Takes everything unread: unfinished lines and lines of an unfinished reply. For the switch to TLS. */
  rest(): Uint8Array {
    const whole = concat([...this.#pending.raw, this.#reader.rest()])
    this.#pending = fresh()
    return whole
  }

  /** Forgets everything unread; answers how many octets it held. */
  clear(): number {
    const held = this.#pending.kept + this.#reader.clear()
    this.#pending = fresh()
    return held
  }

  /** The connection ended: whole replies first, then what is left of an unfinished one as malformed, then null. */
  flush(): ReceivedReply | null {
    const whole = this.next()
    if (whole) return whole
    const line = this.#reader.flush()
    if (line) {
      const received = this.#take(line)
      if (received) return received
    }
    if (this.#pending.raw.length === 0) return null
    this.#pending.problems.add('the connection ended before its last line')
    return this.#finish()
  }

  #take(line: Line): ReceivedReply | null {
    const pending = this.#pending
    const first = pending.lines[0]
    const parsed = parseReplyLine(line.content)
    pending.raw.push(line.raw)
    pending.kept += line.raw.length
    pending.size += line.size
    this.#inspect(line, parsed)
    if (parsed) pending.lines.push(parsed)
    else if (!first) return this.#unreadable(line)
    // Before 1982's grammar was common, continuation lines came without a code: their text is kept.
    else pending.lines.push({ code: first.code, separator: '-', text: textOf(line.content) })
    const final = parsed !== null && parsed.separator !== '-'
    const { lines, octets } = this.#limits
    if (pending.size <= octets && (final || pending.lines.length < lines))
      return final ? this.#finish() : null
    const reason =
      pending.size > octets
        ? `${octets.toLocaleString('en-US')} octets`
        : `${lines.toLocaleString('en-US')} lines`
    pending.problems.add(`more than ${reason}`)
    return { ...this.#finish(), overflow: true }
  }

  #inspect(line: Line, parsed: ReplyLine | null): void {
    const { problems, lines } = this.#pending
    const first = lines[0]
    if (line.end === 'lf') problems.add('a line ends in LF, not in CRLF')
    if (line.end === 'none') problems.add('its last line has no line end')
    if (line.bareCr > 0) problems.add('a bare CR inside a line')
    if (line.size > replyLineLimit) problems.add(`a line of more than ${replyLineLimit} octets`)
    if (!parsed) {
      if (first) problems.add('a line without a reply code')
      return
    }
    if (parsed.code < 200 || parsed.code > 599) problems.add(`code ${parsed.code} is not from 200 to 599`)
    if (!first) return
    if (parsed.code !== first.code) problems.add('its lines have different codes')
    if (parsed.enhanced !== first.enhanced) problems.add('its lines have different enhanced status codes')
  }

  #unreadable(line: Line): ReceivedReply {
    const other = guessProtocol(line.raw)
    const value = showValue(textOf(line.content))
    const looks = other ? `; it looks like ${other}` : ''
    this.#pending.problems.add(`"${value}" does not begin with a three-digit reply code${looks}`)
    return { ...this.#finish(), reply: null }
  }

  #finish(): ReceivedReply {
    const { lines, raw, kept, size, problems } = this.#pending
    this.#pending = fresh()
    const last = lines.at(-1)
    const enhanced = last?.enhanced ?? lines[0]?.enhanced
    const reply: Reply | null = last ? { code: last.code, text: lines.map(({ text }) => text) } : null
    // An enhanced code of another class than the final line's code belongs to a reply with mixed codes: leave it out.
    if (reply && enhanced?.[0] === String(reply.code)[0]) reply.enhanced = enhanced
    const received: ReceivedReply = { reply, lines, raw: concat(raw) }
    if (problems.size > 0) received.malformed = [...problems].join('; ')
    if (kept < size) received.cutFrom = size
    return received
  }
}

function textOf(content: Uint8Array): string {
  return fromUtf8(content) ?? toByteString(content)
}
