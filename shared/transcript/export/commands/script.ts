/**
 * Owns: what a client did in a session, as far as another program can be told to do it again: where to, how protected,
 * under which name, signed in by which mechanism, with which envelope and content. Nothing here is quoted yet.
 */
import { fromByteString } from '../../../bytes/bytes.ts'
import { parseCommand } from '../../../smtp/grammar/command.ts'
import type { Parameter } from '../../../smtp/machine/types.ts'
import type { EventOf, TranscriptEvent } from '../../event.ts'
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

export function scriptOf({ head, events }: Recorded): Script {
  const notes: string[] = []
  const local = head.role === 'server'
  if (local) notes.push('The session was with a server on this computer; certificates are not checked.')
  const safe = local || hostForm.test(head.host)
  if (!safe) notes.push('The host of the session is not a host name; put the right one in.')
  const host = local ? 'localhost' : safe ? head.host : 'host.invalid'
  const sni = events.find((event) => event.kind === 'tls')?.sni
  const lines = events.filter((event) => event.kind === 'line')
  const transactions = transactionsOf(events)
  const transaction = transactions.find(({ sent }) => sent) ?? transactions.at(-1) ?? null
  if (transactions.length > 1) notes.push('The session had more than one transaction; one is repeated.')
  if (transaction?.sent === true && transaction.replaced)
    notes.push('The message content is not in the transcript; a few words stand for it.')
  return {
    host,
    port: head.port,
    tls: tlsOf(events),
    verify: !local && wasVerified(events),
    serverName: !local && sni !== undefined && sni !== host && hostForm.test(sni) ? sni : null,
    ehlo: greetingOf(lines),
    mechanism: mechanismOf(lines),
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

function greetingOf(lines: readonly Line[]): string {
  for (const line of lines.toReversed()) {
    const command = commandOf(line)
    if (command?.verb === 'EHLO' || command?.verb === 'HELO') return command.name
  }
  return ''
}

function mechanismOf(lines: readonly Line[]): string | null {
  for (const { raw } of lines.toReversed()) {
    const name = /^AUTH ([A-Za-z0-9][A-Za-z0-9_-]{0,19})(?:\s|$)/i.exec(raw)?.[1]
    if (name !== undefined) return name.toUpperCase()
  }
  return null
}

const printed = ({ keyword, value }: Parameter): string =>
  value === undefined ? keyword : `${keyword}=${value}`

function transactionsOf(events: readonly TranscriptEvent[]): Transaction[] {
  const all: Transaction[] = []
  const contents = new Map<Transaction, EventOf<'chunk'>[]>()
  for (const event of events) {
    const open = all.at(-1)
    if (event.kind === 'chunk' && open !== undefined) {
      const chunks = contents.get(open) ?? []
      chunks.push(event)
      contents.set(open, chunks)
      open.sent = true
    }
    const command = event.kind === 'line' ? commandOf(event) : null
    if (command?.verb === 'MAIL') {
      const from = { path: command.path, parameters: command.parameters.map(printed) }
      all.push({ from, to: [], sent: false, content: '', replaced: false })
    } else if (command?.verb === 'RCPT')
      open?.to.push({ path: command.path, parameters: command.parameters.map(printed) })
  }
  for (const [transaction, chunks] of contents) fill(transaction, chunks)
  return all
}

function fill(transaction: Transaction, chunks: readonly EventOf<'chunk'>[]): void {
  const whole = chunks.every(({ raw, size }) => raw !== undefined || size === 0)
  const size = chunks.reduce((sum, chunk) => sum + chunk.size, 0)
  transaction.replaced = !whole
  transaction.content = whole
    ? chunks.map(({ raw }) => raw ?? '').join('')
    : `Subject: Content left out\r\n\r\nThe recorded message had ${size} octets.\r\n`
}
