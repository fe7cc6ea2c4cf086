/**
 * Owns: one session in a format that leaves this computer. What the person hides is hidden before a format sees it.
 * Bounded: what would be larger than a case file may be is refused in words, never cut silently.
 */
import { concat, utf8 } from '#shared/bytes/bytes.ts'
import { mostCaseText, type Shared } from '#shared/rpc/contract/transcript.ts'
import { notFound, RpcError } from '#shared/rpc/error.ts'
import type { SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { formats } from '#shared/transcript/export/formats.ts'
import type { ExportFormat, ExportFormatId, Recorded } from '#shared/transcript/export/types.ts'
import { type RedactedSession, redacting } from '#shared/transcript/redact/redact.ts'
import { CannotRedact } from '#shared/transcript/redact/cannotRedact.ts'
import type { Redaction } from '#shared/transcript/redact/types.ts'
import { ExportContent } from './exportContent.ts'
import { eventsOf, exportName, type Given } from './exportFile.ts'
import { inSlices } from './slices.ts'

/** Characters that an event takes beside its octets, about. */
const eventCost = 200
/** Characters in one file, and octets of one that is no text: base64 makes four characters of three. */
const most = { text: mostCaseText, octets: (mostCaseText / 4) * 3 }

const tooMuch = (what: string): RpcError =>
  new RpcError(
    'bad-argument',
    `session: ${what} more than ${mostCaseText >> 20} million characters, too much for one file. ` +
      'Hide the message content; a dialogue of some hundred thousand lines is too long to be shared as a whole.',
  )

/** `missing`: what of its content could not be had, in sentences. */
async function recordedOf(
  given: Given,
  session: string,
  bodies: boolean,
  lines: boolean,
): Promise<Recorded & { missing: string[] }> {
  const head = await given.hub.summary(session)
  if (head === null) throw notFound('Session', session)
  const events: TranscriptEvent[] = []
  const content = new ExportContent(given.store, lines)
  let size = 0
  for await (const event of eventsOf(given.hub, session)) {
    const whole = bodies ? await content.add(event) : event
    size += eventCost + ('raw' in whole ? (whole.raw?.length ?? 0) : 0)
    if (size > mostCaseText) throw tooMuch('it has')
    events.push(whole)
  }
  return { head, events, missing: content.notes() }
}

async function hidden(recorded: Recorded, choice: Redaction, signal: AbortSignal): Promise<RedactedSession> {
  try {
    return await inSlices(redacting(recorded, choice), signal)
  } catch (error) {
    if (error instanceof CannotRedact) throw new RpcError('bad-argument', `redact: ${error.message}`)
    throw error
  }
}

/** Pieces that are joined as they come. */
const mostShort = 1000

/** The pieces as one text, or as octets where one of them is no text. */
function* written(
  format: ExportFormat,
  recorded: Recorded,
  program: string,
): Generator<void, Pick<Shared, 'text' | 'base64'>> {
  const texts: string[] = []
  const octets = new Base64()
  let [size, short] = [0, 0]
  for (const piece of format.write(recorded, program)) {
    size += piece.length
    if (size > (octets.begun ? most.octets : most.text)) throw tooMuch(`as ${format.name} it would have`)
    if (typeof piece === 'string' && !octets.begun) texts.push(piece)
    else {
      if (texts.length > 0) octets.push(utf8(texts.splice(0).join('')))
      octets.push(typeof piece === 'string' ? utf8(piece) : piece)
    }
    // Thousands of short pieces take longer to join at the end than a few long ones.
    if (typeof piece === 'string' && !octets.begun && ++short === mostShort) {
      texts.push(texts.splice(-mostShort).join(''))
      short = 0
    }
    yield
  }
  return octets.begun ? { base64: octets.end() } : { text: texts.join('') }
}

/** Octets as base64 (RFC 4648 §4), piece by piece: all at once would hold the engine for as long as the file is large. */
class Base64 {
  readonly #done: string[] = []
  #rest: Uint8Array = new Uint8Array(0)
  begun = false

  push(piece: Uint8Array): void {
    this.begun = true
    const octets = this.#rest.length === 0 ? piece : concat([this.#rest, piece])
    // Three octets are four characters: what is over waits for the next piece.
    const whole = octets.length - (octets.length % 3)
    this.#done.push(encoded(octets.subarray(0, whole)))
    this.#rest = octets.slice(whole)
  }

  end(): string {
    return [...this.#done, encoded(this.#rest)].join('')
  }
}

const encoded = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** Formats that say events as they are; the others build SMTP of them. */
const alsoHttp: ReadonlySet<ExportFormatId> = new Set<ExportFormatId>([
  'case',
  'text',
  'markdown',
  'json',
  'svg',
  'curl',
])

/** Throws RpcError: not-found; cancelled; bad-argument where it is too much, or the format does not suit this session. */
export async function shareSession(
  given: Given,
  session: string,
  id: ExportFormatId,
  choice: Redaction,
  signal: AbortSignal,
): Promise<Shared> {
  const format = formats.get(id)
  if (format === undefined) throw new RpcError('bad-argument', `format: "${id}" is not offered.`)
  const summary = await given.hub.summary(session)
  if (summary?.protocol === 'http' && !alsoHttp.has(id)) {
    const suited = [...alsoHttp].join(', ')
    throw new RpcError(
      'bad-argument',
      `format: "${id}" is for SMTP, and this dialogue is HTTP; use ${suited}.`,
    )
  }
  const { missing, ...whole } = await recordedOf(given, session, !choice.bodies, id === 'case')
  const { recorded, replaced, notes } = await hidden(whole, choice, signal)
  const head: SessionHead = recorded.head
  const file = await inSlices(written(format, recorded, `relayscope ${given.ports.version}`), signal)
  return {
    name: exportName(head, format.extension),
    mime: format.mime,
    ...file,
    replaced,
    notes: [...missing, ...notes],
  }
}
