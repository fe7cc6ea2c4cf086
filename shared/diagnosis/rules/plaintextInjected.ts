/**
 * Owns: the rule about octets in clear between STARTTLS and the handshake (RFC 3207 §4.2; CVE-2011-0411, CVE-2021-38371):
 * replies that came with the 220, or, seen by a server, commands that came with STARTTLS.
 */
import { advised } from '../advised.ts'
import type { Reading } from '../reading/types.ts'
import type { Rule } from './types.ts'

export const plaintextInjected: Rule = (reading) => {
  const evidence = reading.head.role === 'client' ? behindAgreement(reading) : behindCommand(reading)
  if (evidence.length === 0) return []
  const message =
    reading.head.role === 'client'
      ? 'A reply in clear came between the 220 to STARTTLS and the handshake.'
      : 'Commands in clear came together with STARTTLS.'
  const side = reading.head.role === 'client' ? 'network' : 'client'
  return [advised('starttls-plaintext-injected', 'starttls', message, evidence, { side })]
}

/** Numbers of the 220 and of what stands in clear behind it, before a handshake that the transcript shows. */
function behindAgreement({ events, exchanges }: Reading): number[] {
  const agreed = new Set(
    exchanges.flatMap(({ verb, answer, reply }) =>
      verb === 'STARTTLS' && answer?.code === 220 && reply ? [reply] : [],
    ),
  )
  let open: number[] = []
  for (const event of events) {
    if (event.kind === 'tls') {
      if (open.length > 1) return open.slice(0, 20)
      open = []
    } else if (event.kind === 'line') open = []
    else if (event.kind === 'reply' && agreed.has(event)) open = [event.seq]
    else if (event.kind === 'reply' && open.length > 0 && event.sealed !== true) open.push(event.seq)
  }
  return []
}

function behindCommand({ exchanges }: Reading): number[] {
  return exchanges.flatMap(({ verb, answer, line }, i) => {
    if (verb !== 'STARTTLS' || answer?.code !== 220 || !line) return []
    const next = exchanges[i + 1]
    return next?.line && !next.reply && next.ahead > 0 ? [line.seq, next.line.seq] : []
  })
}
