/** Owns: reading a stored or live session as a recording to replay, bounded; and saying ahead what a replay would do. */
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import type { ReplayPreview } from '#shared/rpc/contract/replay.ts'
import { notFound } from '#shared/rpc/error.ts'
import { maskLine } from '#shared/smtp/grammar/mask.ts'
import type { ClientScript, ClientStep, ServerScript } from '#shared/smtp/machine/replay/types.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import { ClientScriptReader } from '#shared/transcript/replay/clientScript.ts'
import { ServerScriptReader } from '#shared/transcript/replay/serverScript.ts'
import { standInsAnswered, standInsSaid } from '#shared/transcript/replay/standIns.ts'
import { eventsOf } from '../handlers/exportFile.ts'
import type { Parts } from '../handlers/parts.ts'
import { keptContent } from '../transcripts/keptContent.ts'

/** Events and octets of lines of one recording; no dialogue that a person replays comes near. */
const most = { events: 100_000, octets: 32 << 20, chunk: 16 << 20 }
/** Lines shown ahead. */
const shown = 200

export interface RecordingDeps {
  hub: Pick<Parts['hub'], 'summary' | 'events'>
  store: Pick<Parts['store'], 'readContent'>
}

export interface Recording {
  head: SessionSummary
  client: ClientScript
  /** Or why it cannot be answered again. */
  server: ServerScript | string
  /** Why nothing can be said again. */
  problem: string | null
}

/** Throws RpcError `not-found`. */
export async function readRecording({ hub, store }: RecordingDeps, session: string): Promise<Recording> {
  const head = await hub.summary(session)
  if (head === null) throw notFound('Session', session)
  const client = new ClientScriptReader()
  const server = new ServerScriptReader(head)
  let [events, octets] = [0, 0]
  for await (const event of eventsOf(hub, session)) {
    octets += 'raw' in event ? (event.raw?.length ?? 0) : 0
    if (++events > most.events || octets > most.octets) {
      const words = `This recording is too long to be replayed: more than ${most.events} events or ${most.octets >> 20} MiB of lines.`
      return { head, client: { greeting: null, steps: [], end: 'cut' }, server: words, problem: words }
    }
    client.push(event)
    server.push(event)
  }
  const script = client.script()
  await markKept(store, session, script.steps)
  if (head.protocol === 'http') {
    const words = 'This dialogue is HTTP; only SMTP can be replayed.'
    return { head, client: { greeting: null, steps: [], end: 'cut' }, server: words, problem: words }
  }
  const nothing =
    script.steps.length === 0 ? 'The recorded client said nothing that could be said again.' : null
  return { head, client: script, server: server.script(), problem: nothing }
}

async function markKept(store: RecordingDeps['store'], session: string, steps: ClientStep[]): Promise<void> {
  for (const step of steps) {
    if (step.kind !== 'content' && step.kind !== 'chunk') continue
    const from = step.kind === 'chunk' ? step.offset : 0
    if (step.size === 0) continue
    const last = await keptContent(store, session, step.body, from + step.size - 1, 1)
    step.kept =
      last instanceof Uint8Array && last.length === 1 && (step.kind === 'content' || step.size <= most.chunk)
  }
}

/** What of the recording would be said and to how many, for a person to look at before anything is sent. */
export function previewOf({ head, client, server, problem }: Recording): ReplayPreview {
  const { steps } = client
  const mechanisms = new Set(steps.flatMap((step) => (step.kind === 'auth' ? [step.mechanism] : [])))
  const recipients = new Set(
    steps.flatMap((step) => (step.kind === 'line' && step.address !== undefined ? [step.address] : [])),
  )
  const left = steps.flatMap((step) => (step.kind === 'unsayable' ? [`Left out: ${step.why}.`] : []))
  if (steps.some((step) => 'kept' in step && !step.kept))
    left.push('The content of the message is not kept with this recording: the replay stops before it.')
  left.push(...standInsSaid(client))
  return {
    client: {
      lines: steps.slice(0, shown).map(lineOf),
      total: steps.length,
      mechanisms: [...mechanisms],
      recipients: [...recipients].slice(0, shown),
      notes: [...new Set(left)],
      tls: head.role === 'client' || head.tls === 'implicit' ? head.tls : 'opportunistic',
      ...(problem === null ? {} : { problem }),
    },
    server:
      typeof server === 'string'
        ? { tls: 'none', notes: [], problem: server }
        : { tls: server.tls, notes: [...server.notes, ...standInsAnswered(server)] },
  }
}

type Line = ReplayPreview['client']['lines'][number]

function lineOf(step: ClientStep): Line {
  if (step.kind === 'content') return { raw: '', masked: [], octets: step.size }
  const bytes = step.kind === 'line' || step.kind === 'chunk' ? step.bytes : utf8(wordsFor(step))
  const { bytes: safe, masked } = maskLine(bytes.subarray(0, 2000))
  const verb = step.kind === 'chunk' ? 'BDAT' : step.kind === 'auth' ? 'AUTH' : step.verb
  return {
    raw: toByteString(safe),
    masked,
    ...(verb === undefined ? {} : { verb }),
    ...(step.kind === 'chunk' ? { octets: step.size } : {}),
  }
}

const wordsFor = (step: Exclude<ClientStep, { kind: 'line' | 'chunk' | 'content' }>): string =>
  step.kind === 'auth' ? `AUTH ${step.mechanism}\r\n` : `${step.verb ?? '(a line)'} (left out)\r\n`
