/**
 * Owns: reading a body's outline from the engine, stretch by stretch; the page paints between two of them. What was read
 * once is kept for as long as the page is open, because a body that is complete never changes.
 */
import { toByteString } from '#shared/bytes/bytes.ts'
import { MimeOutline, type OutlinePart } from '../model/mimeOutline.ts'
import type { Services } from './services.ts'
import { loadBody } from './transcripts.ts'

export interface Outline {
  parts: readonly OutlinePart[]
  /** Parts that are not listed. */
  more: number
  /** Octets read and there. */
  read: number
  total: number
}

/** Octets of one call, and read at most: whoever sends more than this sends no mail to look at. */
const stretch = 256 << 10
export const mostRead = 32 << 20
/** Outlines kept. */
const mostKept = 50

const kept = new WeakMap<Services['client'], Map<string, Outline>>()

function keep(services: Services, key: string, outline: Outline): void {
  const known = kept.get(services.client) ?? new Map<string, Outline>()
  kept.set(services.client, known)
  if (known.size >= mostKept) known.clear()
  known.set(key, outline)
}

/** Rejects with the engine's words when the body is not there. Stops, and answers null, when `signal` says so. */
export async function readOutline(
  services: Services,
  { session, body }: { session: string; body: number },
  signal: AbortSignal,
): Promise<Outline | null> {
  const key = `${session} ${body}`
  const known = kept.get(services.client)?.get(key)
  if (known) return known
  const outline = new MimeOutline()
  let [read, total] = [0, 1]
  while (read < total && read < mostRead) {
    // One stretch after the other, so that the page stays free between them.
    const part = await loadBody(services, session, { body, from: read, size: stretch })
    if (signal.aborted) return null
    total = part.total
    if (part.bytes.length === 0) break
    read += part.bytes.length
    outline.push(toByteString(part.bytes))
  }
  outline.end()
  const made = { parts: outline.parts, more: outline.more, read, total }
  keep(services, key, made)
  return made
}
