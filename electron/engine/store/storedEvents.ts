/**
 * Owns: reading stored events back without the whole schema: every one of them was written by this program, and to hold
 * each against the schema took a third of what a session costs the index. A damaged database must not break a reader
 * either: what lacks what is read here is left out.
 */
import { phases, type Phase, type TranscriptEvent } from '#shared/transcript/event.ts'

type Kind = TranscriptEvent['kind']
type Shape = Readonly<Record<string, 'string' | 'number'>>

/** What the outcome of a session is read from, besides `seq` and `phase` (shared/inbox/outcome.ts). */
const shapes: Readonly<Record<Kind, Shape>> = {
  resolve: {},
  connect: { address: 'string', port: 'number' },
  line: { raw: 'string' },
  reply: { raw: 'string' },
  tls: { outcome: 'string' },
  chunk: { size: 'number' },
  wait: {},
  edit: {},
  finding: {},
  remark: {},
  end: { outcome: 'string', message: 'string' },
}
const known = new Set<unknown>(phases satisfies readonly Phase[])
const isKind = (kind: unknown): kind is Kind => typeof kind === 'string' && Object.hasOwn(shapes, kind)

/** The objects that these lines are; a line that is none is left out. */
export function storedObjects(lines: readonly string[]): object[] {
  const objects: object[] = []
  for (const line of lines) {
    try {
      const value: unknown = JSON.parse(line)
      if (typeof value === 'object' && value !== null) objects.push(value)
    } catch {
      // Damaged; the others may be whole.
    }
  }
  return objects
}

/** Why a handshake failed, if it did; of it the words are read. */
const isFault = (fault: unknown): boolean =>
  fault === undefined ||
  (typeof fault === 'object' && fault !== null && typeof Reflect.get(fault, 'message') === 'string')

/** True when it has what is read of an event of its kind. */
export function isStoredEvent(value: object): value is TranscriptEvent {
  const field = (name: string): unknown => Reflect.get(value, name)
  const kind = field('kind')
  if (!isKind(kind) || !Number.isSafeInteger(field('seq')) || !known.has(field('phase'))) return false
  const [verb, code] = [field('verb'), field('code')]
  if (kind === 'line' && verb !== undefined && typeof verb !== 'string') return false
  if (kind === 'reply' && code !== undefined && typeof code !== 'number') return false
  if (kind === 'tls' && !isFault(field('fault'))) return false
  const shape = shapes[kind]
  for (const name in shape) if (typeof field(name) !== shape[name]) return false
  return true
}
