/** Owns: a transcript as the lines of the compact dialogue, for a card or a side column. */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { capital, msShort, sizeShort } from './measures.ts'
import { capabilityWords } from './capabilities.ts'
import { tlsName } from './tls.ts'
import { shortEnd } from './verdict.ts'
import { lineParts, replyParts, type ReplyTone } from './wire.ts'

export interface CompactLine {
  key: string
  /** The event it shows; 0 for a band that no event stands for. */
  seq: number
  kind: 'client' | 'server' | 'band-open' | 'band-sealed' | 'words' | 'wait' | 'end'
  wall: 'none' | 'open' | 'sealed'
  tone: ReplyTone
  /** Verb or reply code. */
  strong: string
  text: string
  /** Milliseconds since the session began. */
  ms?: string
}

const bandText = {
  open: 'Readable by anyone on the path',
  sealed: 'Sealed. Only the two ends can read this',
} as const

type Shown = Pick<CompactLine, 'kind' | 'tone' | 'strong' | 'text'>

const words = (text: string, tone: ReplyTone = 'neutral'): Shown => ({
  kind: 'words',
  tone,
  strong: '',
  text: capital(text),
})

/** Several lines are counted; those of EHLO are told by what they offer. */
function replyText(event: EventOf<'reply'>): string {
  const { text, lines } = replyParts(event)
  if (lines.length < 2 || event.raw.startsWith('HTTP/')) return text
  if (event.phase !== 'ehlo' || event.code !== 250) return `${text} … ${lines.length} lines`
  const offered = capabilityWords(event).chips.map((chip) => chip.text)
  return `${lines.length} lines: ${offered.join(', ')}`
}

/** A server does not check its client's certificate: nothing is said of it then. */
function tlsText({ version, verified }: EventOf<'tls'>): string {
  if (verified === undefined) return `${tlsName(version)}, sealed from here on`
  return `${tlsName(version)}, certificate ${verified ? 'verified' : 'not verified'}`
}

function shown(event: TranscriptEvent, findings: readonly string[]): Shown | null {
  switch (event.kind) {
    case 'line': {
      const { verb, rest } = lineParts(event)
      return { kind: 'client', tone: 'neutral', strong: verb, text: rest }
    }
    case 'reply': {
      const { code, tone, enhanced } = replyParts(event)
      const strong = [code, enhanced].filter(Boolean).join(' ')
      return { kind: 'server', tone, strong, text: replyText(event) }
    }
    case 'resolve':
      return words(
        event.fault?.message ?? `Found ${event.addresses.map((found) => found.address).join(', ')}`,
      )
    case 'connect':
      if (event.outcome !== 'connected')
        return words(event.fault?.message ?? `Connection ${event.outcome}`, 'bad')
      return words(`Connected over IPv${event.family}`)
    case 'tls':
      if (event.outcome === 'failed') return words(event.fault?.message ?? 'TLS handshake failed', 'bad')
      return { kind: 'band-sealed', tone: 'neutral', strong: '', text: tlsText(event) }
    case 'chunk':
      return event.last ? words(`Body, ${sizeShort(event.offset + event.size)}`) : null
    case 'end':
      return {
        kind: 'end',
        tone: event.outcome === 'completed' ? 'good' : 'bad',
        strong: '',
        text: shortEnd(event, findings),
      }
    case 'wait':
    case 'edit':
    case 'finding':
    case 'remark':
      break
  }
  return null
}

const band = (seq: number, wall: 'open' | 'sealed'): CompactLine => ({
  key: `band-${seq}`,
  seq: 0,
  kind: wall === 'open' ? 'band-open' : 'band-sealed',
  wall,
  tone: 'neutral',
  strong: '',
  text: bandText[wall],
})

/** At most `limit` lines, the newest; bands are told once for each change of protection. */
export function compactLines(events: Iterable<TranscriptEvent>, limit = 200): CompactLine[] {
  const lines: CompactLine[] = []
  const findings: string[] = []
  let wall: CompactLine['wall'] = 'none'
  for (const event of events) {
    if (event.kind === 'finding') findings.push(event.message)
    const line = shown(event, findings)
    if (line === null) continue
    // The handshake is the band itself: what comes after it is sealed.
    if (line.kind === 'band-sealed') wall = 'sealed'
    const spoken = line.kind === 'client' || line.kind === 'server' || event.kind === 'chunk'
    const protection = event.sealed ? 'sealed' : 'open'
    if (spoken && protection !== wall) {
      wall = protection
      lines.push(band(event.seq, protection))
    }
    lines.push({ ...line, key: String(event.seq), seq: event.seq, wall, ms: msShort(event.at) })
    if (lines.length > limit * 2) lines.splice(0, lines.length - limit)
  }
  return lines.slice(-limit)
}
