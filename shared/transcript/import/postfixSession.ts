/** Owns: one connection as Postfix's log tells it: in full with -v, else by what it found worth a line. */
import { utf8, toByteString } from '../../bytes/bytes.ts'
import type { EventBody, Phase } from '../event.ts'
import { advised } from '../../diagnosis/advised.ts'
import { Dialogue } from './dialogue.ts'
import { phaseOfVerb } from './owed.ts'
import { tlsFault } from './tlsFault.ts'
import type { LogLine } from './syslog.ts'
import type { ImportedSession, SourceLine, Steps } from './types.ts'

type Reply = Extract<EventBody, { kind: 'reply' }>

const wire = /^([<>]) \S{0,300}\[[^\]]{1,45}\](?::\d{1,5})?: (.*)$/s
const established =
  /TLS connection (?:established|reused) (?:from|to) \S{1,300}: (\S{1,40}) with cipher (\S{1,80})(?:.* key-exchange (\S{1,40}))?/
const trust = /^(Verified|Trusted|Untrusted|Anonymous)\b/
const tlsError = /^SSL_(?:accept|connect) error (?:from|to) \S{1,300}: (.{1,300})/
const rejected =
  /: (?:reject|milter-reject|reject_warning|proxy-reject): (\S{1,12})(?: from \S{1,300})?: (?:<[^>]{0,300}>: )?([45]\d\d[ -].{1,2000}?)(?:; (?:from|to|proto|client)=.*)?$/s
const saslFailed = /^warning: \S{1,300}: SASL \S{1,30} authentication failed: ?(.{0,300})/
const lost = /^(lost connection|timeout|too many errors) after (\S{1,30})(?: \(.{0,80}\))? from /
const said =
  /status=\w{1,12} \((?:host \S{1,300} (?:said|refused to talk to me): )?([2-5]\d\d[ -].{1,2000}?)(?: \(in reply to (end of )?([A-Z]{4,8})(?: [A-Za-z]{1,8})? command\))?\)$/s
const notConnected =
  /(?:^|status=\w{1,12} \()connect to \S{1,300}\[([0-9a-fA-F:.]{2,45})\]:(\d{1,5}): (.{1,200}?)\)?$/
/** Where it has taken a message in: the only word of such a log for the 250 after the content. */
const tookIn = /^([0-9A-Za-z]{6,20}): from=.{0,600}, nrcpt=(\d{1,6}) \(queue active\)$/s
const goodbye = /^disconnect from /
const counted = / ([a-z]{3,12})=(\d{1,9}(?:\/\d{1,9})?)/g

/** What stands for the lines that such a log does not have: `rcpt=1/3` is one of three that was not refused. */
function countedBy(message: string): string {
  const counts = [...message.matchAll(counted)].slice(0, 20).filter(([, verb]) => verb !== 'commands')
  const words = counts.map(([, verb, count]) => `${verb!.toUpperCase()} ${count!.replace('/', ' of ')}`)
  return words.length === 0 ? '' : ` The log has no lines; it counts ${words.join(', ')}.`
}

/** Commands as smtpd counts them and smtp quotes them. */
const phaseFor = (word: string): Phase =>
  word === 'DATA' ? 'data' : word === 'CONNECT' ? 'banner' : word === 'END-OF-MESSAGE' || word === 'BDAT' ? 'body' : phaseOfVerb(word.toUpperCase()) // prettier-ignore

/** Messages of one connection that are told one by one. */
const mostTaken = 100

export class PostfixSession {
  readonly #dialogue: Dialogue
  readonly #began: number
  readonly #server: boolean
  /** Messages taken in, by their queue id: one that is tried again later is logged again. */
  readonly #taken = new Set<string>()
  /** The log holds the dialogue itself. */
  #verbose = false
  /** TLS was made, or tried. */
  #tls = false
  /** It counted its commands at the end, STARTTLS too where there was one. */
  #counted = false
  over = false

  constructor(role: 'server' | 'client', time: number, peer: string, port: number) {
    const address = /\[([^\]]+)\]$/.exec(peer)?.[1] ?? ''
    const name = peer.replace(/\[.*$/, '')
    const host = role === 'server' ? address : name || address
    this.#began = time
    this.#server = role === 'server'
    this.#dialogue = new Dialogue({ role, startedAt: new Date(time).toISOString(), host, port: Math.min(65_535, port), times: 'seconds' }, { inside: true }) // prettier-ignore
    if (port === 465) this.#implicit()
    // That smtpd logs a client at all says that it was connected.
    if (this.#server && address.includes(address.includes(':') ? ':' : '.'))
      this.#dialogue.event({ kind: 'connect', phase: 'tcp', direction: 'none', address, port: 0, family: address.includes(':') ? 6 : 4, took: 0, outcome: 'connected' }) // prettier-ignore
  }

  #implicit(): void {
    this.#dialogue.head.tls = 'implicit'
    this.#dialogue.sealed = true
  }

  /** Such a log names TLS, seldom how it began: on 465 at once, else by STARTTLS, unless that is missing where all is counted. */
  finish(id: string): Steps<ImportedSession> {
    const { head } = this.#dialogue
    if (this.#tls && !this.#verbose) head.tls ??= this.#counted ? 'implicit' : 'starttls'
    return this.#dialogue.finish(id)
  }

  /** A line of another program, or of none. */
  beside(line: SourceLine, understood: boolean): void {
    this.#dialogue.remark(line, understood)
  }

  take(entry: LogLine, line: SourceLine): void {
    const dialogue = this.#dialogue
    dialogue.at = Math.max(dialogue.at, Math.round((entry.time - this.#began) * 1000))
    if (entry.fine) delete dialogue.head.times
    const [, mark, text] = wire.exec(entry.message) ?? []
    if (mark !== undefined && text !== undefined) return this.#wire(mark, text, line)
    dialogue.remark(line)
    // Also after a lost connection, which is told before the count.
    if (goodbye.test(entry.message)) this.#tallied(entry.message)
    if (this.#server && !this.#verbose) this.#tookIn(entry.message)
    if (!dialogue.ended) this.#tell(entry.message)
  }

  #tallied(message: string): void {
    this.#counted = /\bcommands=/.test(message)
    const made = /\bstarttls=[1-9]/.test(message)
    if (made || (this.#tls && /\bstarttls=/.test(message))) this.#dialogue.head.tls ??= 'starttls'
    if (made && !this.#verbose && !this.#tls) this.#dialogue.sealSubmission()
  }

  /** `<` came in and `>` went out, seen from Postfix. */
  #wire(mark: string, text: string, line: SourceLine): void {
    this.#verbose = true
    const dialogue = this.#dialogue
    const fromClient = (mark === '<') === this.#server
    // The content itself is never logged: after 354 comes its reply.
    if (!fromClient && dialogue.inContent && !dialogue.contentBegun) dialogue.hiddenContent()
    if (!fromClient) dialogue.server(text, line)
    else dialogue.client(text, line)
    if (/^221[ -]/.test(text)) this.over = true
  }

  #tell(message: string): void {
    const tls = established.exec(message)
    if (tls) return this.#secured(message, tls)
    const error = tlsError.exec(message)?.[1]
    if (error !== undefined) return this.#tlsFailed(error)
    if (goodbye.test(message)) return this.#end(message)
    const cut = lost.exec(message)
    if (cut) return this.#cut(cut[1]!, cut[2]!)
    const refused = notConnected.exec(message)
    if (refused) return this.#notConnected(refused)
    if (!this.#verbose) this.#quoted(message)
  }

  /** It may be logged after the client has gone. */
  #tookIn(message: string): void {
    const [, id, count] = tookIn.exec(message) ?? []
    if (id === undefined || this.#taken.has(id) || this.#taken.size >= mostTaken) return
    this.#taken.add(id)
    const whom = count === '1' ? '1 recipient' : `${count} recipients`
    const finding = advised('accepted', 'body', `The server took the message in for ${whom}, as ${id}.`, [], {
      next: 'Follow that queue id in this log when the message does not arrive.',
    })
    this.#dialogue.event({ ...finding, kind: 'finding', direction: 'none' })
  }

  #secured(message: string, [, version, cipher, group]: RegExpExecArray): void {
    this.#tls = true
    const word = trust.exec(message)?.[1]
    // An accepted client shows no certificate as a rule; what a server shows is checked.
    const verified = this.#server || word === undefined ? {} : { verified: word === 'Verified' || word === 'Trusted' } // prettier-ignore
    this.#dialogue.event({
      kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 0, version: version!, cipher: cipher!,
      ...(group === undefined ? {} : { group }), ...verified,
    }) // prettier-ignore
  }

  #tlsFailed(why: string): void {
    this.#tls = true
    this.#dialogue.event({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'failed', took: 0, fault: tlsFault(why) }) // prettier-ignore
  }

  /** A reply that the log quotes. The command it answers is named, not written. */
  #quoted(message: string): void {
    const refusal = rejected.exec(message)
    if (refusal) return this.#reply(refusal[2]!, phaseFor(refusal[1]!))
    if (saslFailed.test(message)) return this.#reply('535 5.7.8 Error: authentication failed', 'auth')
    const answer = said.exec(message)
    if (answer)
      this.#reply(
        answer[1]!,
        answer[2] !== undefined || answer[3] === undefined ? 'body' : phaseFor(answer[3]),
      )
  }

  #reply(text: string, phase: Phase): void {
    const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})/.exec(text)?.[1]
    const reply: Reply = {
      kind: 'reply', phase, direction: 'to-client', raw: toByteString(utf8(`${text}\r\n`)), code: Number(text.slice(0, 3)),
      ...(this.#dialogue.sealed ? { sealed: true } : {}), ...(status === undefined ? {} : { enhanced: status }),
    } // prettier-ignore
    this.#dialogue.event(reply)
  }

  #cut(what: string, where: string): void {
    this.over = true
    this.#dialogue.event({
      kind: 'end', phase: phaseFor(where), direction: 'none', outcome: what === 'timeout' ? 'timeout' : what === 'lost connection' ? 'closed' : 'refused',
      by: what === 'too many errors' ? 'server' : 'client', message: `${what === 'lost connection' ? 'The client left' : what === 'timeout' ? 'The client was silent for too long' : 'The client made too many errors'} after ${where}.`,
    }) // prettier-ignore
  }

  /** `disconnect from host[ip] ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4`: what was done of what was asked. */
  #end(message: string): void {
    this.over = true
    const polite = /\bquit=1\b/.test(message) || this.#dialogue.saidGoodbye
    this.#dialogue.event({
      kind: 'end', phase: polite ? 'quit' : 'other', direction: 'none', outcome: polite ? 'completed' : 'closed', by: 'client',
      message: `${polite ? 'Finished by QUIT.' : 'The client left without QUIT.'}${this.#verbose ? '' : countedBy(message)}`,
    }) // prettier-ignore
  }

  #notConnected([, address, port, why]: RegExpExecArray): void {
    this.over = true
    const outcome = /refused/i.test(why!) ? 'refused' : /timed out/i.test(why!) ? 'timeout' : /unreachable|no route/i.test(why!) ? 'unreachable' : 'failed' // prettier-ignore
    const { head } = this.#dialogue
    head.port = Math.min(65_535, Number(port))
    this.#dialogue.event({ kind: 'connect', phase: 'tcp', direction: 'none', address: address!, port: head.port, family: address!.includes(':') ? 6 : 4, took: 0, outcome, fault: { code: outcome.toUpperCase(), message: why! } }) // prettier-ignore
    this.#dialogue.event({ kind: 'end', phase: 'tcp', direction: 'none', outcome: outcome === 'refused' || outcome === 'timeout' ? outcome : 'failed', by: 'network', message: 'The connection could not be made.' }) // prettier-ignore
  }
}
