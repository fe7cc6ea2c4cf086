/** Owns: what swaks says in its own words: the connection, TLS, waits, failures, the end. */
import type { EventBody } from '../event.ts'
import type { Dialogue } from './dialogue.ts'
import { tlsFault, verdictCode } from './tlsFault.ts'

type Outcome = Extract<EventBody, { kind: 'connect' }>['outcome']

const reasons: readonly (readonly [RegExp, Outcome])[] = [
  [/refused/i, 'refused'],
  [/timed? ?out/i, 'timeout'],
  [/unreachable|no route/i, 'unreachable'],
  [/reset/i, 'reset'],
  [/permission denied|not permitted/i, 'denied'],
]
const nameUnknown = /bad hostname|name or service not known|nodename nor servname|temporary failure in name/i

export class SwaksNotes {
  readonly #dialogue: Dialogue
  #connecting: string | null = null
  /** An event that is told after the note it comes from. */
  #next: EventBody[] = []
  #tls: Extract<EventBody, { kind: 'tls' }> | null = null
  #dump = false

  constructor(dialogue: Dialogue) {
    this.#dialogue = dialogue
  }

  /** One note without its mark. */
  take(text: string, isError: boolean): void {
    if (isError) this.#error(text)
    else if (text.startsWith('TLS ')) this.#ofTls(text.slice(4))
    else this.#ofConnection(text)
  }

  #ofConnection(text: string): void {
    const { head } = this.#dialogue
    const [, host, port] = /^Trying (.{1,253}):(\d{1,5})\.\.\.$/.exec(text) ?? []
    if (host !== undefined) Object.assign(head, { host: host.replace(/^\[|\]$/g, ''), port: Math.min(65_535, Number(port)) }) // prettier-ignore
    if (text.startsWith('Connected to ') && isAddress(head.host)) this.#connect('connected')
    const waited = /^response in (\d{1,6}(?:\.\d{1,6})?)s?$/.exec(text)?.[1]
    if (waited !== undefined) {
      delete head.times
      this.#dialogue.at += Math.round(Number(waited) * 1e6)
    }
    if (/^(?:Connection closed with remote host|Dropping connection)/.test(text)) this.#closed(text)
  }

  #closed(text: string): void {
    const polite = this.#dialogue.saidGoodbye
    const dropped = text.startsWith('Dropping')
    this.#next.push({
      kind: 'end', phase: polite ? 'quit' : 'other', direction: 'none', by: 'client',
      outcome: polite ? 'completed' : dropped ? 'dropped' : 'closed',
      message: polite ? 'Finished by QUIT.' : 'swaks closed the connection.',
    }) // prettier-ignore
  }

  #ofTls(text: string): void {
    const [, version, cipher] =
      /^started w(?:ith|\/) cipher (?:([^:\s]{1,40}):)?([^:\s]{1,80})/.exec(text) ?? []
    if (cipher !== undefined) this.#tls = { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0, ...(version ? { version } : {}), cipher } // prettier-ignore
    if (/certificate passed CA verification/.test(text) && this.#tls) this.#tls.verified ??= true
    const failed = /certificate failed (CA|host) verification(?: \((.{1,200})\))?/.exec(text)
    if (failed && this.#tls) {
      this.#tls.verified = false
      this.#tls.problem ??= { code: failed[1] === 'CA' ? verdictCode(undefined, failed[2] ?? '') : 'ERR_TLS_CERT_ALTNAME_INVALID', message: failed[2] ?? 'the certificate is not for this host' } // prettier-ignore
    }
  }

  /** The mark says whether the line is inside TLS; the handshake's notes are complete then. */
  wall(sealed: boolean): void {
    if (this.#tls) {
      this.#dialogue.event(this.#tls)
      this.#tls = null
    } else if (sealed && !this.#dialogue.sealed)
      this.#dialogue.event({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0 })
  }

  #error(text: string): void {
    const connecting = /^Error connecting(?: to)? ?(.{0,300}?):?$/.exec(text)
    const startup = /^TLS startup failed \((.{1,400})\)$/.exec(text)?.[1]
    if (connecting) this.#connecting = ''
    else if (this.#connecting !== null) this.#notConnected(text.trim())
    else if (startup !== undefined) this.#tlsFailed(startup)
    else if (text.startsWith('Remote host closed connection unexpectedly'))
      this.#next.push({ kind: 'end', phase: 'other', direction: 'none', outcome: 'closed', by: 'server', message: 'The server closed the connection.' }) // prettier-ignore
  }

  #notConnected(why: string): void {
    this.#connecting = null
    const { head } = this.#dialogue
    if (nameUnknown.test(why)) {
      this.#next.push({ kind: 'resolve', phase: 'dns', direction: 'none', name: head.host, family: 0, addresses: [], took: 0, fault: { code: 'ENOTFOUND', message: why.slice(0, 300) } }) // prettier-ignore
      this.#next.push({ kind: 'end', phase: 'dns', direction: 'none', outcome: 'failed', by: 'this-computer', message: 'The name was not found.' }) // prettier-ignore
      return
    }
    const outcome = reasons.find(([form]) => form.test(why))?.[1] ?? 'failed'
    this.#connect(outcome, why)
    this.#next.push({ kind: 'end', phase: 'tcp', direction: 'none', outcome: outcome === 'refused' || outcome === 'timeout' ? outcome : 'failed', by: 'network', message: 'The connection could not be made.' }) // prettier-ignore
  }

  #connect(outcome: Outcome, why?: string): void {
    const { host, port } = this.#dialogue.head
    this.#next.push({
      kind: 'connect', phase: 'tcp', direction: 'none', address: host, port, family: host.includes(':') ? 6 : 4, took: 0, outcome,
      ...(why === undefined ? {} : { fault: { code: outcome.toUpperCase(), message: why.slice(0, 300) } }),
    }) // prettier-ignore
  }

  #tlsFailed(why: string): void {
    const message = /:([^:)]{1,200})\)?$/.exec(why)?.[1] ?? why
    const fault = tlsFault(message)
    const problem = fault.code === 'not-verified' ? { verified: false, problem: { code: verdictCode(undefined, message), message } } : {} // prettier-ignore
    this.#next.push({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'failed', took: 0, fault, ...problem }) // prettier-ignore
    this.#next.push({ kind: 'end', phase: 'tls', direction: 'none', outcome: 'failed', by: 'this-computer', message: `The TLS handshake failed: ${message}.` }) // prettier-ignore
  }

  /** Tells what the last note meant. */
  settle(): void {
    for (const body of this.#next) if (!this.#dialogue.ended) this.#dialogue.event(body)
    this.#next = []
  }

  /** The text is over. */
  end(): void {
    if (this.#connecting !== null) this.#notConnected(this.#connecting)
    if (this.#tls) this.wall(true)
    this.settle()
  }

  /** Lines without a mark that are swaks's own all the same: --dump, and certificates it prints. */
  takeDetail(text: string): boolean {
    if (/^(?:App|Output|Transport|Protocol|XCLIENT|PROXY|TLS \/ Encryption|Authentication|DATA) Info:$/.test(text))
      this.#dump = true
    return this.#dump || /^(?:-----(?:BEGIN|END) CERTIFICATE-----|[A-Za-z0-9+/]{64}|To: |Server: )/.test(text)
  } // prettier-ignore
}

const isAddress = (host: string): boolean => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/.test(host) // prettier-ignore
