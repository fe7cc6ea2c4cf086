/**
 * Owns: a dialogue typed by hand: telnet, nc, ncat, or a bare mixture of both sides' lines. Nothing says who spoke; the
 * dialogue itself does.
 */
import type { EventBody } from '../event.ts'
import { Dialogue } from './dialogue.ts'
import { asShown } from './terminal.ts'
import type { ImportedSession, SourceLine, Steps, Surroundings } from './types.ts'
import { UnmarkedReader } from './unmarked.ts'

/** What the programs themselves say. */
const program: readonly RegExp[] = [
  /^Trying [^\s]{1,300}\.\.\.$/,
  /^Connected to .{1,300}\.$/,
  /^Escape character is /,
  /^Connection closed(?: by foreign host)?\.?$/,
  /^Connection to .{1,300} (?:closed|succeeded!|\[.*)/,
  /^(?:telnet|nc|ncat|Ncat|netcat|libnsock)\b.{0,20}[:>]/,
  /^Ncat: /,
  /^telnet> ?/,
  /^\^[\]CD]/,
  /^(?:Script (?:started|done)|Welcome to Microsoft Telnet)/,
  /^\S{0,100}[^\n]{0,100}[$#%>❯] ?(?:sudo )?(?:telnet|nc|ncat|netcat|socat)\b/u,
  /^(?:telnet|nc|ncat|netcat) [^<>]{1,300}$/,
  /^(?:UNKNOWN|localhost|\S{1,300}) \[[0-9a-fA-F:.]+\] \d{1,5} \(?\S{0,30}\)? ?(?:open|:|\()/,
]

export const isTelnetLine = (text: string): boolean => program.some((form) => form.test(text))

const trying = /^Trying ([0-9a-fA-F:.]{2,45}|[^\s]{1,253}?)\.\.\.$/
const connected =
  /^(?:Connected to (\S{1,253})\.|Connection to (\S{1,253}) (?:\(\S{1,45}\) )?(\d{1,5}) port .*succeeded!)$/
const command = /(?:telnet|nc|ncat|netcat)(?: -\S+)* (\S{1,253})[ :](\d{1,5})\s*$/
const failed = /^(?:telnet|nc|ncat|Ncat|netcat):.*?(refused|timed out|unreachable|No route|not known|reset)/i

const outcomes: Record<string, Extract<EventBody, { kind: 'connect' }>['outcome']> = {
  refused: 'refused', 'timed out': 'timeout', unreachable: 'unreachable', 'no route': 'unreachable', reset: 'reset',
} // prettier-ignore

export function* readTelnet(
  lines: readonly SourceLine[],
  { now }: Surroundings,
  server = false,
): Steps<ImportedSession> {
  const dialogue = new Dialogue(
    { role: server ? 'server' : 'client', startedAt: new Date(now).toISOString(), host: '', port: 25, times: 'none' },
    { inside: server },
  ) // prettier-ignore
  const reader = new UnmarkedReader(dialogue, lines)
  const notes = new Notes(dialogue)
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    const text = asShown(line.text)
    if (!dialogue.inContent && isTelnetLine(text)) notes.take(text, line)
    else if (!reader.take(index)) dialogue.remark(line, false)
    yield line.number
  }
  return yield* dialogue.finish('s1')
}

/** What the program said about the connection. */
class Notes {
  readonly #dialogue: Dialogue
  #address = ''

  constructor(dialogue: Dialogue) {
    this.#dialogue = dialogue
  }

  take(text: string, line: SourceLine): void {
    const dialogue = this.#dialogue
    dialogue.remark(line)
    const given = command.exec(text)
    if (given) Object.assign(dialogue.head, { host: given[1], port: Math.min(65_535, Number(given[2])) })
    this.#address = trying.exec(text)?.[1] ?? this.#address
    const found = connected.exec(text)
    if (found) this.#connected(found[1] ?? found[2]!, found[3])
    const why = failed.exec(text)?.[1]?.toLowerCase()
    if (why !== undefined && dialogue.empty) this.#failed(outcomes[why] ?? 'failed', text)
    if (text.startsWith('Connection closed by foreign host')) this.#closed()
  }

  #connected(host: string, port: string | undefined): void {
    const { head } = this.#dialogue
    if (head.host === '') head.host = host
    if (port !== undefined) head.port = Math.min(65_535, Number(port))
    this.#connect('connected')
  }

  #connect(outcome: Extract<EventBody, { kind: 'connect' }>['outcome'], message?: string): void {
    const { host, port } = this.#dialogue.head
    const address = this.#address || host
    const literal = /^[0-9a-fA-F:.]+$/.test(address)
    // A name alone does not say over which family it was reached.
    if (outcome === 'connected' && !literal) return
    this.#dialogue.event({
      kind: 'connect', phase: 'tcp', direction: 'none', address, port, family: address.includes(':') ? 6 : 4, took: 0, outcome,
      ...(message === undefined ? {} : { fault: { code: outcome.toUpperCase(), message } }),
    }) // prettier-ignore
  }

  #failed(outcome: Extract<EventBody, { kind: 'connect' }>['outcome'], text: string): void {
    this.#connect(outcome, text.slice(0, 300))
    this.#dialogue.event({ kind: 'end', phase: 'tcp', direction: 'none', outcome: outcome === 'timeout' ? 'timeout' : outcome === 'refused' ? 'refused' : 'failed', by: 'network', message: 'The connection could not be made.' }) // prettier-ignore
  }

  #closed(): void {
    if (this.#dialogue.ended) return
    const polite = this.#dialogue.saidGoodbye
    this.#dialogue.event({
      kind: 'end', phase: polite ? 'quit' : 'other', direction: 'none', outcome: polite ? 'completed' : 'closed',
      by: polite ? 'client' : 'server', message: polite ? 'Finished by QUIT.' : 'The server closed the connection.',
    }) // prettier-ignore
  }
}
