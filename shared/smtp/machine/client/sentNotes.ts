/** Owns: what the transcript is told about a line that went out: masked, line by line, bounded. */
import { knownVerb } from '../../grammar/command.ts'
import { chunkNote } from './content.ts'
import type { ClientCore, Pending } from './core.ts'

/** Lines noted one by one of an edit; what follows is noted as one. */
const mostLines = 200

export function noteSent(core: ClientCore, pending: Pending, edited: Uint8Array | undefined): void {
  const { line, step, chunk } = pending
  if (chunk) {
    core.wroteOwn()
    return noteContent(core, pending, edited)
  }
  if (edited === undefined) {
    // What was asked before an inserted line was let go decides what it is, not what was known when it was typed.
    const added = step.name === 'insert'
    const shown = added ? core.maskTyped(line.bytes) : line.shown
    core.note({ kind: 'line', direction: 'to-server', phase: line.phase, shown, verb: line.verb })
    if (added) core.wroteTyped(line.bytes)
    else core.wroteOwn()
    return
  }
  for (const part of cut(edited)) {
    const shown = core.maskTyped(part)
    const verb = knownVerb(part) ?? undefined
    core.note({ kind: 'line', direction: 'to-server', phase: line.phase, shown, verb, edited: true })
    core.wroteTyped(part)
  }
}

function noteContent(core: ClientCore, { line, chunk }: Pending, edited: Uint8Array | undefined): void {
  const encoding = line.verb === 'BDAT' ? 'bdat' : 'data'
  if (encoding === 'bdat') {
    core.note({ kind: 'line', direction: 'to-server', phase: 'body', shown: line.shown, verb: 'BDAT' })
  }
  core.note(chunkNote(core, encoding, edited ? { ...chunk!, size: edited.length } : chunk!))
}

/** Cuts at CRLF; a last part without one is kept as it is. */
export function cut(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = []
  let start = 0
  while (start < bytes.length && parts.length < mostLines) {
    let at = bytes.indexOf(13, start)
    while (at >= 0 && bytes[at + 1] !== 10) at = bytes.indexOf(13, at + 1)
    const end = at < 0 ? bytes.length : at + 2
    parts.push(bytes.subarray(start, end))
    start = end
  }
  if (start < bytes.length) parts.push(bytes.subarray(start))
  return parts
}
