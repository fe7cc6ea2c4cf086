/** Owns: building transcripts for tests and pictures of the page, line by line, with times that add up. */
import type {
  EventBody,
  EventOf,
  SessionHead,
  SessionSummary,
  TranscriptEvent,
} from '#shared/transcript/event.ts'
import { summarize } from '#shared/transcript/summarize.ts'

type Phase = TranscriptEvent['phase']

export interface Built {
  summary: SessionSummary
  events: TranscriptEvent[]
}

const verbPhase: Record<string, Phase> = { EHLO: 'ehlo', STARTTLS: 'starttls', AUTH: 'auth', MAIL: 'mail', RCPT: 'rcpt', DATA: 'data', BDAT: 'body', QUIT: 'quit', RSET: 'other' } // prettier-ignore

export class TranscriptBuilder {
  readonly events: TranscriptEvent[] = []
  readonly head: SessionHead
  #at = 0
  #sealed = false
  #phase: Phase = 'banner'

  constructor(head: Partial<SessionHead> & Pick<SessionHead, 'id'>) {
    this.head = {
      source: 'send',
      role: 'client',
      startedAt: new Date().toISOString(),
      host: 'smtp.harbour.example',
      port: 587,
      tls: 'starttls',
      ...head,
    }
  }

  /** Any event, `after` milliseconds later. */
  add(body: EventBody, after = 0): this {
    this.#at += Math.round(after * 1000)
    this.events.push({ ...body, session: this.head.id, seq: this.events.length + 1, at: this.#at })
    return this
  }

  #base(direction: TranscriptEvent['direction']) {
    const sealed = this.#sealed && direction !== 'none' ? { sealed: true } : {}
    return { phase: this.#phase, direction, ...sealed }
  }

  connect(address = '203.0.113.25', dns = 12, tcp = 38): this {
    const { host, port } = this.head
    const addresses = [
      { address, family: 4 as const },
      { address: '2001:db8:4::25', family: 6 as const },
    ]
    this.add({ kind: 'resolve', phase: 'dns', direction: 'none', name: host, family: 0, addresses, took: dns * 1000 }, dns) // prettier-ignore
    return this.add({ kind: 'connect', phase: 'tcp', direction: 'none', address, port, family: 4, took: tcp * 1000, outcome: 'connected' }, tcp) // prettier-ignore
  }

  client(line: string, after = 1, more: { masked?: [number, number]; edited?: boolean } = {}): this {
    const verb = /^[A-Z]+/.exec(line)?.[0]
    const known = verb !== undefined && verbPhase[verb] !== undefined
    if (known) this.#phase = verbPhase[verb]!
    const masked = more.masked ? { masked: [{ start: more.masked[0], end: more.masked[1] }] } : {}
    const edited = more.edited ? { edited: true } : {}
    return this.add({ kind: 'line', ...this.#base('to-server'), raw: `${line}\r\n`, ...(known ? { verb } : {}), ...masked, ...edited }, after) // prettier-ignore
  }

  server(text: string | string[], after = 40): this {
    const lines = Array.isArray(text) ? text : [text]
    const code = Number(lines[0]!.slice(0, 3))
    const enhanced = /^\d{3} ([245]\.\d+\.\d+)/.exec(lines[0]!)?.[1]
    const raw = lines.map((line) => `${line}\r\n`).join('')
    return this.add(
      { kind: 'reply', ...this.#base('to-client'), raw, code, ...(enhanced ? { enhanced } : {}) },
      after,
    )
  }

  tls(after = 96, change: Partial<Extract<TranscriptEvent, { kind: 'tls' }>> = {}): this {
    const chain = [
      certificate('smtp.harbour.example', 'Harbour CA 2', 61),
      certificate('Harbour CA 2', 'Example Root R1', 900),
    ]
    this.#phase = 'tls'
    this.add({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: after * 1000, version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', group: 'X25519', sni: this.head.host, verified: true, chain, ...change }, after) // prettier-ignore
    this.#sealed = change.outcome !== 'failed'
    return this
  }

  body(size: number, after = 5, chunks = 1): this {
    this.#phase = 'body'
    const each = Math.ceil(size / chunks)
    for (let offset = 0; offset < size; offset += each) {
      const part = Math.min(each, size - offset)
      this.add({ kind: 'chunk', ...this.#base('to-server'), body: 1, offset, size: part, last: offset + part >= size, encoding: 'data' }, after) // prettier-ignore
    }
    return this
  }

  wait(ms: number, why: 'gate' | 'breakpoint' | 'delay' = 'gate'): this {
    return this.add({ kind: 'wait', phase: this.#phase, direction: 'none', why, took: ms * 1000 }, ms)
  }

  end(message: string, outcome: Extract<TranscriptEvent, { kind: 'end' }>['outcome'] = 'completed'): this {
    return this.add({ kind: 'end', phase: this.#phase, direction: 'none', outcome, by: 'client', message })
  }

  build(change: Partial<SessionSummary> = {}): Built {
    return { summary: { ...summarize(this.head, this.events), ...change }, events: this.events }
  }
}

function certificate(subject: string, issuer: string, days: number) {
  const day = 86_400_000
  return {
    subject: `CN=${subject}`,
    issuer: `CN=${issuer}`,
    names: [`DNS:${subject}`],
    validFrom: new Date(Date.now() - 30 * day).toISOString(),
    validTo: new Date(Date.now() + (days + 0.5) * day).toISOString(),
    serial: '04a1',
    fingerprint256: `${subject.length.toString(16).padStart(2, '0')}:9A:44:0C:71:E2`,
    key: 'EC P-256',
  }
}

const offered = ['PIPELINING', '8BITMIME', 'DSN', 'SMTPUTF8', 'CHUNKING', 'SIZE 52428800']
export const ehlo = (host: string, more: string[]): string[] => {
  const lines = [host, ...more, ...offered]
  return lines.map((line, place) => `250${place === lines.length - 1 ? ' ' : '-'}${line}`)
}

/** The last event of a kind. */
export function lastOf<K extends TranscriptEvent['kind']>(
  events: readonly TranscriptEvent[],
  kind: K,
): EventOf<K> {
  const isKind = (event: TranscriptEvent): event is EventOf<K> => event.kind === kind
  const found = events.filter(isKind).at(-1)
  if (!found) throw new Error(`There is no ${kind} among these events.`)
  return found
}
