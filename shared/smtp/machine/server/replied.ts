/** Owns: what the transcript is told about a reply that went out, also when a person changed it. */
import { parseReplyLine } from '../../grammar/reply.ts'
import { unmasked } from '../../grammar/mask.ts'
import type { ServerCore, Waiting } from './core.ts'

type Sent = Extract<Waiting, { for: 'sent' }>

/** `bytes` when a person sent something else. */
export function noteReply(core: ServerCore, { reply, phase }: Sent, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) {
    const { code, enhanced, shown } = reply
    return core.note({ kind: 'reply', direction: 'to-client', phase, shown, code, enhanced })
  }
  const line = lastLine(bytes)
  core.note({
    kind: 'reply',
    direction: 'to-client',
    phase,
    shown: unmasked(bytes),
    code: line?.code,
    enhanced: line?.enhanced,
    edited: true,
    ...(line === null ? { malformed: 'not a reply' } : {}),
  })
}

/** Code that the client saw; 0 when there is none. */
export const repliedCode = (bytes: Uint8Array | null): number =>
  bytes === null ? 0 : (lastLine(bytes)?.code ?? 0)

function lastLine(bytes: Uint8Array): ReturnType<typeof parseReplyLine> {
  const body = bytes.at(-1) === 10 ? bytes.subarray(0, bytes.at(-2) === 13 ? -2 : -1) : bytes
  return parseReplyLine(body.subarray(body.lastIndexOf(10) + 1))
}
