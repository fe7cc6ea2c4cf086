/**
 * Owns: dialogues whose lines say who spoke: as in RFCs, the debug logs of nodemailer, PHPMailer, smtplib, msmtp and curl.
 * Which marks they are is decided by the text as a whole.
 */
import { Dialogue } from './dialogue.ts'
import { literalLines, type Marks, marks, timeIn, withoutLead } from './marks.ts'
import type { ImportedSession, SourceLine, Steps, Surroundings } from './types.ts'
import { isReply } from './unmarked.ts'

/** Lines that are looked at to choose the marks. */
const sample = 500

/** The marks with the most lines on both sides; null when none has both. */
export function marksOf(lines: readonly SourceLine[]): { marks: Marks; hits: number } | null {
  let best: { marks: Marks; hits: number } | null = null
  for (const one of marks) {
    let said = 0
    let answered = 0
    for (const { text } of lines.slice(0, sample)) {
      const plain = withoutLead(text)
      if (one.server.test(plain) && looksAnswered(one.server.exec(plain)![1]!)) answered++
      else if (one.client.test(plain)) said++
    }
    const hits = said + answered
    if (answered > 0 && said + answered > (best?.hits ?? 1)) best = { marks: one, hits }
  }
  return best
}

const looksAnswered = (text: string): boolean => isReply(text.replace(/^b?['"]/, ''))

export function readMarked(lines: readonly SourceLine[], { now }: Surroundings): Steps<ImportedSession> {
  return new MarkedReader(lines, now).read()
}

/** nodemailer counts the message instead of showing it. */
const counted = /^<(\d{1,12}) bytes encoded mime message/
const described = /^[<[(].{1,300}[>\])]$/

class MarkedReader {
  readonly #lines: readonly SourceLine[]
  readonly #marks: Marks | undefined
  readonly #dialogue: Dialogue
  #side: 'client' | 'server' | 'none' = 'none'
  #first: number | undefined

  constructor(lines: readonly SourceLine[], now: number) {
    this.#lines = lines
    this.#marks = marksOf(lines)?.marks
    this.#dialogue = new Dialogue({ role: 'client', startedAt: new Date(now).toISOString(), host: '', port: 587, times: 'none' }, { inside: true }) // prettier-ignore
  }

  *read(): Steps<ImportedSession> {
    for (const line of this.#lines) {
      yield* this.#take(line)
      yield line.number
    }
    return yield* this.#dialogue.finish('s1')
  }

  /** One line; a literal may hold thousands, each a step. */
  *#take(line: SourceLine): Steps<void> {
    const { text } = line
    const plain = withoutLead(text)
    const marked = this.#marks
    this.#clock(text)
    const beside = marked?.beside?.test(plain) === true
    const answered = beside ? undefined : marked?.server.exec(plain)?.[1]
    const said = answered === undefined && !beside ? marked?.client.exec(plain)?.[1] : undefined
    if (marked === undefined) this.#dialogue.remark(line, false)
    else if (beside) this.#beside(line, plain)
    else if (answered !== undefined) yield* this.#server(answered, line)
    else if (said !== undefined) yield* this.#client(said, line)
    else this.#bare(plain, line)
  }

  *#server(text: string, line: SourceLine): Steps<void> {
    this.#side = 'server'
    const literal = this.#marks!.literal ? literalLines(text) : null
    // `S: <wait for connection on TCP port 25>`, as RFCs describe what is no line.
    const isDescribed = !isReply(text) && literal === null && described.test(text)
    if (isDescribed) this.#dialogue.remark(line)
    else
      for (const one of literal ?? [text]) {
        this.#dialogue.server(one, line)
        yield undefined
      }
  }

  *#client(text: string, line: SourceLine): Steps<void> {
    const dialogue = this.#dialogue
    this.#side = 'client'
    const size = counted.exec(text)?.[1]
    const literal = this.#marks!.literal ? literalLines(text) : null
    if (size !== undefined) {
      dialogue.remark(line)
      dialogue.hiddenContent(Number(size))
    } else if (!dialogue.inContent && described.test(text)) dialogue.remark(line)
    else
      for (const one of literal ?? [text]) {
        dialogue.client(one, line)
        yield undefined
      }
  }

  /** A line without a mark: what goes on from the line before, or none of the dialogue. */
  #bare(text: string, line: SourceLine): void {
    const dialogue = this.#dialogue
    if (text.trim() === '' && !dialogue.contentBegun) return
    if (this.#marks!.bare && this.#side === 'server' && isReply(text.trimStart()))
      return dialogue.server(text.trimStart(), line)
    if (this.#side === 'client' && dialogue.contentBegun) return dialogue.client(text, line)
    dialogue.remark(line, false)
  }

  #beside(line: SourceLine, text: string): void {
    const dialogue = this.#dialogue
    dialogue.remark(line)
    const { head } = dialogue
    const [, address, port] = /^\*\s+Trying \[?([0-9a-fA-F:.]{2,45}?)\]?:(\d{1,5})/.exec(text) ?? []
    if (address !== undefined) Object.assign(head, { host: address, port: Math.min(65_535, Number(port)) })
    const [, version, cipher] = /^\* SSL connection using (\S{1,40}) \/ (\S{1,80})/.exec(text) ?? []
    if (version !== undefined)
      dialogue.event({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0, version, cipher: cipher! }) // prettier-ignore
  }

  #clock(text: string): void {
    const time = timeIn(text)
    if (time === null) return
    const { head } = this.#dialogue
    this.#first ??= time.ms
    if (time.fine) delete head.times
    else if (head.times === 'none') head.times = 'seconds'
    if (time.dated && this.#first === time.ms && this.#dialogue.empty) head.startedAt = new Date(time.ms).toISOString() // prettier-ignore
    this.#dialogue.at = Math.max(this.#dialogue.at, Math.round((time.ms - this.#first) * 1000))
  }
}
