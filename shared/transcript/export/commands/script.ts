/**
 * Owns: what a client did in a session, as far as another program can be told to do it again: where to, how protected,
 * under which name, signed in by which mechanism, with which envelope and content. Nothing here is quoted yet.
 */
import { fromByteString } from '../../../bytes/bytes.ts'
import { atOnce } from '../../../steps.ts'
import { parseCommand } from '../../../smtp/grammar/command.ts'
import type { Parameter } from '../../../smtp/machine/types.ts'
import type { EventOf, TranscriptEvent } from '../../event.ts'
import { stepping } from '../pauses.ts'
import type { Recorded } from '../types.ts'

export interface Path {
  /** Without angle brackets; '' is the null reverse-path. */
  path: string
  parameters: string[]
}

export interface Transaction {
  from: Path
  to: Path[]
  /** The client went on to DATA or BDAT. */
  sent: boolean
  /** One character per octet; a few words instead when the content is not in the transcript. */
  content: string
  /** `content` is not what was sent. */
  replaced: boolean
}

export interface Script {
  host: string
  port: number
  tls: 'none' | 'starttls' | 'implicit'
  /** The certificate has to be right, as it had in the session. */
  verify: boolean
  /** Name asked for in TLS, when it is not the host. */
  serverName: string | null
  /** Name greeted with; '' when the client said none. */
  ehlo: string
  /** In upper case. Neither user name nor password is in a transcript. */
  mechanism: string | null
  /** The first that sent a message, or the last one. */
  transaction: Transaction | null
  /** What is different from the session, in fixed words. */
  notes: string[]
}

/** Starts with no hyphen, which programs would take for an option, and holds no character that means something to a URL. */
const hostForm = /^[\p{L}\p{N}_:][\p{L}\p{N}_.:-]{0,254}$/u

export const scriptOf = (recorded: Recorded): Script => atOnce(scriptSteps(recorded))

/** The same in steps: each line of the client is parsed. */
export function* scriptSteps({ head, events }: Recorded): Generator<void, Script> {
  const notes: string[] = []
  const local = head.role === 'server'
  if (local) notes.push('The session was with a server on this computer; certificates are not checked.')
  const safe = local || hostForm.test(head.host)
  if (!safe) notes.push('The host of the session is not a host name; put the right one in.')
  const host = local ? 'localhost' : safe ? head.host : 'host.invalid'
  const sni = events.find((event) => event.kind === 'tls')?.sni
  const said = new Said()
  yield* stepping(events, (event) => said.take(event))
  const { transaction } = said
  if (said.transactions > 1) notes.push('The session had more than one transaction; one is repeated.')
  if (transaction?.sent === true && transaction.replaced)
    notes.push('The message content is not in the transcript; a few words stand for it.')
  return {
    host,
    port: head.port,
    tls: tlsOf(events),
    verify: !local && wasVerified(events),
    serverName: !local && sni !== undefined && sni !== host && hostForm.test(sni) ? sni : null,
    ehlo: said.ehlo,
    mechanism: said.mechanism,
    transaction,
    notes,
  }
}

function tlsOf(events: readonly TranscriptEvent[]): Script['tls'] {
  const at = events.findIndex((event) => event.kind === 'tls')
  if (at < 0) return 'none'
  return events.slice(0, at).some((event) => event.kind === 'line' || event.kind === 'reply') ? 'starttls' : 'implicit'
} // prettier-ignore

/** Not where the client went on although the certificate was wrong. */
function wasVerified(events: readonly TranscriptEvent[]): boolean {
  const at = events.findIndex((event) => event.kind === 'tls')
  const tls = events[at]
  return !(
    tls?.kind === 'tls' &&
    tls.verified === false &&
    events.slice(at).some((event) => event.kind === 'line')
  )
}

type Line = EventOf<'line'>
const commandOf = ({ raw }: Line) => {
  const parsed = parseCommand(fromByteString(raw.replace(/\r?\n$/, '')))
  return parsed.ok ? parsed.command : null
}

const printed = ({ keyword, value }: Parameter): string =>
  value === undefined ? keyword : `${keyword}=${value}`

interface Open {
  transaction: Transaction
  chunks: EventOf<'chunk'>[]
}

/** What the client said, event by event: of names and mechanisms the last one. */
class Said {
  ehlo = ''
  mechanism: string | null = null
  transactions = 0
  #sent: Open | undefined
  #last: Open | undefined

  /** The first that sent a message, or the last one. */
  get transaction(): Transaction | null {
    const chosen = this.#sent ?? this.#last
    if (chosen === undefined) return null
    if (chosen.chunks.length > 0) fill(chosen.transaction, chosen.chunks)
    return chosen.transaction
  }

  take(event: TranscriptEvent): void {
    if (event.kind === 'line') this.#line(event)
    const open = this.#last
    if (event.kind !== 'chunk' || open === undefined) return
    open.transaction.sent = true
    this.#sent ??= open
    // What another transaction sent is not repeated.
    if (this.#sent === open) open.chunks.push(event)
  }

  #line(event: Line): void {
    const mechanism = /^AUTH ([A-Za-z0-9][A-Za-z0-9_-]{0,19})(?:\s|$)/i.exec(event.raw)?.[1]
    if (mechanism !== undefined) this.mechanism = mechanism.toUpperCase()
    const command = commandOf(event)
    if (command?.verb === 'EHLO' || command?.verb === 'HELO') this.ehlo = command.name
    else if (command?.verb === 'MAIL') {
      const from = { path: command.path, parameters: command.parameters.map(printed) }
      this.transactions++
      this.#last = { transaction: { from, to: [], sent: false, content: '', replaced: false }, chunks: [] }
    } else if (command?.verb === 'RCPT')
      this.#last?.transaction.to.push({ path: command.path, parameters: command.parameters.map(printed) })
  }
}

/** All of its octets are here. */
export const isWhole = ({ raw = '', size }: EventOf<'chunk'>): boolean => raw.length >= size

function fill(transaction: Transaction, chunks: readonly EventOf<'chunk'>[]): void {
  const whole = chunks.every(isWhole)
  const size = chunks.reduce((sum, chunk) => sum + chunk.size, 0)
  transaction.replaced = !whole
  transaction.content = whole
    ? chunks.map(({ raw }) => raw ?? '').join('')
    : `Subject: Content left out\r\n\r\nThe recorded message had ${size} octets.\r\n`
}
