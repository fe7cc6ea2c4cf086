/**
 * Owns: one session being put together from lines of a text: who said what in which phase, what is content, what is a
 * secret, what stands beside the dialogue. The readers of the forms know marks; this knows SMTP.
 */
import { fromUtf8, toByteString, utf8 } from '../../bytes/bytes.ts'
import { knownVerb } from '../../smtp/grammar/command.ts'
import { maskLine, unmasked } from '../../smtp/grammar/mask.ts'
import { maskSignature } from '../../smtp/grammar/signature.ts'
import { type ReceivedReply, ReplyReader } from '../../smtp/grammar/replyReader.ts'
import type { EventBody, EventOf, Phase, SessionHead, TranscriptEvent } from '../event.ts'
import { challengeText, ContentText } from './content.ts'
import { otherVerb, Owed, phaseOfVerb } from './owed.ts'
import { Remarks } from './remarks.ts'
import { hideInWords, Secrets, secretsIn } from './secrets.ts'
import type { ImportedSession, SourceLine, Steps } from './types.ts'

export type Head = Omit<SessionHead, 'id' | 'source' | 'tls'> & { tls?: SessionHead['tls'] }

/** Octets of a client's line that are kept: RFC 5321 §4.5.3.1.4 allows 512, AUTH (RFC 4954 §4) 12,288. */
const longestCommand = 12_288

const afterTls: ReadonlySet<Phase> = new Set<Phase>(['auth', 'mail', 'rcpt', 'data', 'body'])
/** Postfix's words, and those of others, for a command that must wait for TLS; 530 and 538 mean little else. */
const asksForTls = /^53[08]|\b(?:STARTTLS|encryption (?:is )?(?:required|needed))/i

export class Dialogue {
  head: Head
  /** What travels now is inside TLS. */
  sealed = false
  /** After STARTTLS and 220, what can be read in the text was read by an end: it was inside TLS. */
  readonly inside: boolean
  readonly lines = { understood: 0, unknown: 0 }
  readonly secrets: Secrets
  readonly #events: TranscriptEvent[] = []
  #at = 0
  #end: EventBody | undefined
  readonly #remarks = new Remarks((body) => this.#put(body))
  readonly #owed = new Owed()
  #replies = new ReplyReader()
  #content: ContentText | null = null
  #bodies = 0
  #tls: SessionHead['tls'] | undefined
  #auth: 'none' | 'said' | 'challenged' = 'none'
  #mechanism = ''
  #answers = 0
  #asksName = false
  #asked = ''
  #securing = false
  #spoken = false
  #lastCode = 0
  /** A line of the client was masked and nothing has been said since. */
  hiding = false

  constructor(head: Head, { secrets = new Secrets(), inside = false } = {}) {
    this.head = head
    this.secrets = secrets
    this.inside = inside
  }

  /** Microseconds since the session began. */
  get at(): number {
    return this.#at
  }

  set at(micros: number) {
    if (micros !== this.#at) this.#remarks.flush()
    this.#at = micros
  }

  /** How the connection ended has been told. */
  get ended(): boolean {
    return this.#end !== undefined
  }

  /** A 354 was said: lines of the client are content until a lone dot. */
  get inContent(): boolean {
    return this.#content !== null
  }

  /** Content has begun, not only been asked for. */
  get contentBegun(): boolean {
    return this.#content?.begun === true
  }

  /** The last thing said was a 334: the client's next line is a secret. */
  get challenged(): boolean {
    return this.#auth === 'challenged'
  }

  /** Nothing is waited for: what comes next is the client's, or nobody's. */
  get idle(): boolean {
    return this.#owed.none
  }

  /** QUIT was answered, or would have been. */
  get saidGoodbye(): boolean {
    return this.#lastCode === 221 || (this.#asked === 'QUIT' && this.#owed.none)
  }

  get empty(): boolean {
    return !this.#spoken
  }

  /** One line of the client. */
  client(text: string, line: SourceLine): void {
    this.#count(text, line)
    this.#flushReply()
    this.#secure()
    this.#spoken = true
    if (this.#content) this.#contentLine(text)
    else this.#command(text, line)
  }

  /** One line of the server. */
  server(text: string, line: SourceLine): void {
    this.#count(text, line)
    this.#spoken = true
    this.#replies.push(utf8(`${text}\r\n`))
    for (let reply = this.#replies.next(); reply; reply = this.#replies.next()) this.#reply(reply)
  }

  /** A line beside the dialogue, secrets hidden. */
  remark(line: SourceLine, understood = true, text = line.text): void {
    this.#count(line.text, line, understood)
    if (line.text.trim() !== '') this.#remarks.add(hideInWords(text, this.secrets.add), line, understood)
  }

  /** Something that the text tells but no line of the dialogue is: a connection, a handshake. */
  event(body: EventBody): void {
    this.#flushReply()
    if (body.kind === 'tls') this.#secured(body)
    // Programs go on talking after the end; a transcript does not.
    if (body.kind === 'end') this.#end ??= body
    else this.#emit(body)
  }

  /** Content that the text does not hold; `size` where it says so. */
  hiddenContent(size?: number): void {
    this.#content = null
    if (size !== undefined) this.#emit({ kind: 'chunk', phase: 'body', direction: 'to-server', ...this.#seal(), body: ++this.#bodies, offset: 0, size, last: true, encoding: 'data' }) // prettier-ignore
    this.#owed.asked('body')
  }

  /** The text is over; `id` is the session's until the store gives it one. */
  *finish(id: string): Steps<ImportedSession> {
    this.#flushReply()
    this.#endContent(false)
    this.#remarks.flush()
    this.#put(this.#end ?? this.#unsaid())
    const tls = this.head.tls ?? this.#tls ?? 'none'
    const events = yield* this.secrets.hiding(this.#events)
    for (const [index, event] of events.entries()) {
      events[index] = { ...event, session: id }
      yield undefined
    }
    return { head: { ...this.head, id, source: 'import', tls }, events, lines: this.lines }
  }

  /** The text told only at its end of STARTTLS: sign-in and transaction come after it (RFC 3207 §4.2), so they were sealed. */
  sealSubmission(): void {
    for (const [index, event] of this.#events.entries())
      if (event.kind === 'reply' && !asksForTls.test(event.raw) && afterTls.has(event.phase))
        this.#events[index] = { ...event, sealed: true }
  }

  #count(text: string, line: SourceLine, understood = true): void {
    if (line.text.trim() === '' && text.trim() === '') return
    if (understood) this.lines.understood++
    else this.lines.unknown++
  }

  #seal(): { sealed?: true } {
    return this.sealed ? { sealed: true } : {}
  }

  #command(text: string, line: SourceLine): void {
    const wire = utf8(`${text}\r\n`)
    const exchange = this.#auth === 'challenged'
    const verb = exchange ? null : (knownVerb(wire) ?? otherVerb(text))
    const { bytes, masked } = maskLine(wire, { exchange, refused: this.#auth !== 'none' })
    const phase = exchange ? 'auth' : phaseOfVerb(verb)
    this.#learn(text, verb, exchange)
    const raw = toByteString(bytes.subarray(0, longestCommand))
    const size = line.cutFrom ?? (bytes.length > longestCommand ? bytes.length : undefined)
    this.#emit({
      kind: 'line', phase, direction: 'to-server', ...this.#seal(), raw, ...(verb === null ? {} : { verb }),
      ...(masked.length > 0 ? { masked: masked.filter(({ end }) => end <= longestCommand) } : {}),
      ...(size === undefined ? {} : { cutFrom: size }),
    }) // prettier-ignore
    this.hiding = masked.length > 0
    this.#asked = verb ?? ''
    this.#owed.asked(phase)
  }

  /** Follows AUTH (RFC 4954 §4), so that its answers are known for what they are. */
  #learn(text: string, verb: string | null, exchange: boolean): void {
    if (verb === 'AUTH') {
      const [, mechanism = '', initial] = text.split(/ +/, 3)
      this.#auth = 'said'
      this.#mechanism = mechanism.toUpperCase()
      this.#answers = 0
      if (initial !== undefined) this.#learnAnswer(text.slice(text.indexOf(initial, 5)))
    } else if (exchange || (verb === null && this.#auth === 'said')) {
      // A client that does not wait says its answers before they are asked for.
      this.#auth = 'said'
      if (text !== '*') this.#learnAnswer(text)
    }
  }

  #learnAnswer(answer: string): void {
    const isName = this.#asksName || (this.#mechanism === 'LOGIN' && this.#answers === 0)
    this.#answers++
    for (const secret of secretsIn(answer, isName)) this.secrets.add(secret)
  }

  #contentLine(text: string): void {
    if (text !== '.') return this.#content!.add(text)
    this.#endContent(true)
    this.#emit({ kind: 'line', phase: 'body', direction: 'to-server', ...this.#seal(), raw: '.\r\n' })
    this.#owed.asked('body')
  }

  #endContent(whole: boolean): void {
    this.#content?.end(whole)
    this.#content = null
  }

  #flushReply(): void {
    for (let reply = this.#replies.flush(); reply; reply = this.#replies.flush()) this.#reply(reply)
  }

  #reply({ reply, raw, malformed, cutFrom }: ReceivedReply): void {
    this.hiding = false
    // Content that the text does not show, or a server that did not wait for its end.
    if (this.#content) this.#endContent(false)
    const code = reply?.code
    // A SCRAM server's proof is as good for guessing here as where it was said.
    const { bytes, masked } = maskSignature(unmasked(raw))
    const text = toByteString(bytes)
    const phase = this.#owed.answered(code, text.trimEnd())
    if (phase !== 'starttls') this.#secure()
    this.#emit({
      kind: 'reply', phase, direction: 'to-client', ...this.#seal(), raw: text, ...(masked.length > 0 ? { masked } : {}),
      ...(code === undefined ? {} : { code }), ...(reply?.enhanced === undefined ? {} : { enhanced: reply.enhanced }),
      ...(malformed === undefined ? {} : { malformed }), ...(cutFrom === undefined ? {} : { cutFrom }),
    }) // prettier-ignore
    this.#lastCode = code ?? 0
    this.#follow(code, phase, fromUtf8(raw) ?? text)
  }

  #follow(code: number | undefined, phase: TranscriptEvent['phase'], text: string): void {
    if (code === 354) this.#content = new ContentText(++this.#bodies, (chunk) => this.#emit({ ...chunk, ...this.#seal() })) // prettier-ignore
    if (phase === 'starttls' && code === 220) this.#securing = true
    if (phase !== 'auth' && code !== 334) return
    if (code === 334) {
      this.#auth = 'challenged'
      this.#asksName = /user/i.test(challengeText(text))
    } else this.#auth = code !== undefined && code >= 200 && code < 300 ? 'none' : this.#auth === 'none' ? 'none' : 'said' // prettier-ignore
  }

  /** The text goes on after STARTTLS and 220 and says nothing of the handshake, but it can be read. */
  #secure(): void {
    if (!this.#securing || !this.inside) return
    const tls: EventBody = { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0 }
    this.#secured(tls)
    this.#emit(tls)
  }

  #secured(tls: Extract<EventBody, { kind: 'tls' }>): void {
    this.#securing = false
    this.#tls = this.head.tls ?? (this.#spoken ? 'starttls' : 'implicit')
    if (tls.outcome !== 'established') return
    this.sealed = true
    this.#owed.forget(this.#tls === 'implicit')
    this.#auth = 'none'
  }

  #emit(body: EventBody): void {
    this.#remarks.flush()
    this.#put(body)
  }

  #put(body: EventBody): void {
    this.#events.push({ ...body, session: 'import', seq: this.#events.length + 1, at: this.#at })
  }

  #unsaid(): Omit<EventOf<'end'>, 'session' | 'seq' | 'at'> {
    const base = { kind: 'end', phase: 'other', direction: 'none' } as const
    return this.saidGoodbye
      ? { ...base, phase: 'quit', outcome: 'completed', by: 'client', message: 'Finished by QUIT.' }
      : { ...base, outcome: 'cancelled', by: 'this-computer', message: 'The text ends here; how the connection ended is not in it.' } // prettier-ignore
  }
}
