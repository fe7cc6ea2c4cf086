/** Owns: a case file as a browser hands it to the page. */
import type { Recorded } from '#shared/transcript/export/types.ts'
import { fileOf } from '#shared/transcript/writer.ts'

/** What `setInputFiles` takes; `change` sees the file in the pieces that the writer makes, one for each record. */
export function caseFile(
  recorded: Recorded,
  { name = 'delivery.relayscope.json', change = (piece: string) => piece } = {},
): { name: string; mimeType: string; buffer: Buffer } {
  const text = [...fileOf([recorded], { program: 'test' })].map((piece) => change(piece)).join('')
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) }
}
