/** Owns: what the transcript is told about a reply that went out, also when a person changed it. */
import { parseReplyLine, type ReplyLine } from '../../grammar/reply.ts'
import { unmasked } from '../../grammar/mask.ts'
import { maskSignature } from '../../grammar/signature.ts'
import type { ServerCore, Waiting } from './core.ts'

type Sent = Extract<Waiting, { for: 'sent' }>

const LF = 10
const CR = 13

/** `bytes` when a person sent something else. */
export function noteReply(core: ServerCore, { reply, phase }: Sent, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) {
    const { code, enhanced, shown } = reply
    return core.note({ kind: 'reply', direction: 'to-client', phase, shown, code, enhanced })
  }
  const line = readReply(bytes)
  const ended = bytes.at(-1) === LF
  core.note({
    kind: 'reply',
    direction: 'to-client',
    phase,
    shown: maskSignature(unmasked(bytes)),
    code: line?.code,
    enhanced: line?.enhanced,
    edited: true,
    ...(line === null ? { malformed: ended ? 'not a reply' : 'a reply without its line end' } : {}),
  })
}

/**
 * The last line of the first whole reply in these octets (RFC 5321 §4.2.1), by which a client goes; null while there is
 * none. Lines that end with a bare LF count: nearly every client takes them.
 */
export const readReply = (bytes: Uint8Array): ReplyLine | null => takeReply(bytes)?.line ?? null

/** The same, with the octets behind it: the client takes them for what is answered next. */
export function takeReply(bytes: Uint8Array): { line: ReplyLine; rest: Uint8Array } | null {
  let start = 0
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
    const line = bytes.subarray(start, end > start && bytes[end - 1] === CR ? end - 1 : end)
    start = end + 1
    const read = parseReplyLine(line)
    if (read !== null && read.separator !== '-') return { line: read, rest: bytes.slice(start) }
  }
  return null
}
