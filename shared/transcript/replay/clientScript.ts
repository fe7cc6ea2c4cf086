/**
 * Owns: reading from a transcript what its client said, so that it can be said again to another server. Replies are
 * paired with lines in the order in which these were sent (RFC 2920 §3.1).
 */
import { fromByteString } from '../../bytes/bytes.ts'
import { parseCommand } from '../../smtp/grammar/command.ts'
import type { Answer, ClientScript, ClientStep } from '../../smtp/machine/replay/types.ts'
import type { EventOf, TranscriptEvent } from '../event.ts'
import { octetsInWords } from '../measure.ts'

type Line = EventOf<'line'>
type Chunk = EventOf<'chunk'>
type Content = Extract<ClientStep, { kind: 'content' | 'chunk' }>

/** Milliseconds that are waited at most between two lines: more was a person's pause or a sleeping computer. */
const longestWait = 600_000

export class ClientScriptReader {
  readonly #steps: ClientStep[] = []
  /** Places of steps that owe an answer, the oldest first. */
  readonly #owing: number[] = []
  readonly #answered = new Set<number>()
  #greeting: Answer | null = null
  #content: Content | null = null
  /** The last chunk was seen: a server notes no line for the final dot. Alone it proves no end, the dot may be missing. */
  #ended = false
  /** The server said 334: what comes next belongs to the exchange at this place. */
  #exchange = -1
  #resolved = 0
  #afterTls = false
  #quit = false
  #last = 0
  #leftBy: 'client' | 'other' = 'other'

  push(event: TranscriptEvent): void {
    if (event.kind === 'line' && event.direction === 'to-server') this.#line(event)
    else if (event.kind === 'chunk') this.#chunk(event)
    else if (event.kind === 'reply' && event.direction === 'to-client') this.#reply(event)
    else if (event.kind === 'tls') {
      this.#afterTls = event.outcome === 'established'
      // A trial beside the main course has no place of its own.
      this.#last = Math.max(this.#last, event.at)
    } else if (event.kind === 'end') this.#end(event)
    else if (event.kind === 'connect' && event.outcome === 'connected') this.#last = event.at
  }

  script(): ClientScript {
    this.#closeContent(false)
    const end = this.#quit ? 'quit' : this.#leftBy === 'client' ? 'closed' : 'cut'
    return { greeting: this.#greeting, steps: this.#steps, end }
  }

  #base(event: TranscriptEvent): Pick<ClientStep, 'phase' | 'after' | 'early' | 'wait'> {
    const wait = Math.min(longestWait, Math.round((event.at - this.#last) / 1000))
    this.#last = event.at
    return {
      phase: event.phase === 'dns' || event.phase === 'tcp' ? 'other' : event.phase,
      after: this.#resolved,
      early: this.#greeting === null,
      wait: Math.max(0, wait),
    }
  }

  #add(step: ClientStep, owes: boolean): void {
    this.#steps.push(step)
    if (owes) this.#owing.push(this.#steps.length - 1)
    this.#count()
  }

  #line(line: Line): void {
    const bytes = fromByteString(line.raw)
    if (this.#exchange >= 0) {
      this.#last = line.at
      return
    }
    if (this.#content?.kind === 'content') {
      if (line.raw === '.\r\n' || line.raw === '\r\n.\r\n') {
        this.#last = line.at
        return this.#closeContent(true)
      }
      // A line of a person inside content: it is part of what cannot be told apart any more.
      if (line.phase === 'body') return
    }
    this.#closeContent(this.#ended)
    const parsed = parseCommand(bytes)
    const command = parsed.ok ? parsed.command : null
    const verb = line.verb ?? (command === null || command.verb === 'unknown' ? undefined : command.verb)
    const base = this.#base(line)
    const anew = this.#afterTls && (verb === 'EHLO' || verb === 'HELO')
    this.#afterTls = false
    // What ends in a bare LF is answered by some servers only: it owes nothing until a reply comes for it.
    const owes = line.raw.endsWith('\r\n')
    if (verb === 'QUIT') this.#quit = true
    if (verb === 'AUTH' && (line.masked?.length || command?.verb === 'AUTH')) {
      const mechanism =
        command?.verb === 'AUTH' ? command.mechanism : (/^AUTH +([\w-]{1,20})/i.exec(line.raw)?.[1] ?? '')
      return this.#add({ ...base, kind: 'auth', mechanism: mechanism.toUpperCase() }, true)
    }
    if (line.masked?.length)
      return this.#add(
        {
          ...base,
          kind: 'unsayable',
          verb,
          why: `${verb ?? 'a line'} with a secret, which no recording keeps`,
        },
        owes,
      )
    if (line.cutFrom !== undefined)
      return this.#add(
        {
          ...base,
          kind: 'unsayable',
          verb,
          why: `a line of ${octetsInWords(line.cutFrom)}, of which only the beginning was kept`,
        },
        owes,
      )
    if (command?.verb === 'BDAT') {
      const { size, last } = command
      this.#content = { ...base, kind: 'chunk', body: 0, offset: 0, size, last, bytes, kept: true }
      this.#add(this.#content, true)
      if (size === 0) this.#content = null
      return
    }
    const address = command?.verb === 'RCPT' ? { address: command.path } : {}
    this.#add(
      {
        ...base,
        kind: 'line',
        bytes,
        ...(verb === undefined ? {} : { verb }),
        ...address,
        ...(anew ? { anew } : {}),
      },
      owes,
    )
  }

  #chunk(chunk: Chunk): void {
    const open = this.#content
    if (open?.kind === 'chunk') {
      if (open.body === 0) {
        open.body = chunk.body
        open.offset = chunk.offset
      }
      this.#last = chunk.at
      if (chunk.offset + chunk.size >= open.offset + open.size) this.#content = null
      return
    }
    if (chunk.encoding === 'bdat') return
    if (open === null) {
      this.#ended = false
      const step: Content = {
        ...this.#base(chunk),
        kind: 'content',
        body: chunk.body,
        size: 0,
        whole: false,
        kept: true,
      }
      this.#content = step
      this.#steps.push(step)
    }
    const content = this.#content
    if (content?.kind !== 'content') return
    content.size = Math.max(content.size, chunk.offset + chunk.size)
    this.#last = chunk.at
    this.#ended = chunk.last
  }

  /** `end`: its end was seen, or what followed shows that there was one. */
  #closeContent(end: boolean): void {
    const content = this.#content
    this.#content = null
    if (content?.kind !== 'content') return
    content.whole = end
    if (end) this.#owing.push(this.#steps.indexOf(content))
  }

  #reply(reply: EventOf<'reply'>): void {
    const { code } = reply
    this.#last = reply.at
    const answer: Answer = { ...(code === undefined ? {} : { code }), text: firstLine(reply.raw) }
    if (this.#greeting === null) {
      this.#greeting = answer
      return
    }
    if (this.#content?.kind === 'content' && code !== 354) this.#closeContent(this.#ended)
    const place = this.#owing[0] ?? this.#unended()
    if (place === undefined) return
    const step = this.#steps[place]!
    if (step.kind === 'auth' && code === 334) {
      this.#exchange = place
      return
    }
    this.#owing.shift()
    this.#exchange = -1
    step.answer = answer
    this.#answered.add(place)
    this.#count()
  }

  /** The last line, when it is one that a lenient server took for a line and answered. */
  #unended(): number | undefined {
    const last = this.#steps.length - 1
    return this.#steps[last]?.kind === 'line' && !this.#answered.has(last) ? last : undefined
  }

  /** Steps at the beginning that have their answers, or never get one. */
  #count(): void {
    this.#resolved = this.#owing[0] ?? this.#steps.length
  }

  #end(end: EventOf<'end'>): void {
    this.#closeContent(false)
    const left = end.by === 'client' || end.by === 'person' || end.by === 'this-computer'
    this.#leftBy = left && end.outcome !== 'refused' && end.outcome !== 'timeout' ? 'client' : 'other'
  }
}

const firstLine = (raw: string): string => (raw.split(/[\r\n]/, 1)[0] ?? '').slice(0, 300)
