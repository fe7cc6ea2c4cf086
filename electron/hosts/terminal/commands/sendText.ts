/** Owns: what came of each recipient, and whether consent was missing, in words for a terminal. Nothing of a peer moves the cursor. */
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { shown } from '../io.ts'

/** Recipients named one by one at most. */
const most = 100

/**
 * One line for each recipient, as `✗ b@x.test: 550 5.1.1 no such user (recipient-unknown)`; none where the outcome says it
 * all already: of a single recipient, or when no recipient was refused.
 */
export function recipientLines({ recipients }: DialogueResult): string[] {
  const refused = recipients.filter(({ accepted, reply }) => !accepted && reply !== '')
  if (recipients.length < 2 || refused.length === 0) return []
  const lines = recipients.slice(0, most).map(({ address, accepted, reply, findings = [] }) => {
    const glyph = accepted ? '✓' : reply === '' ? '·' : '✗'
    const codes = findings.length === 0 ? '' : ` (${findings.join(', ')})`
    return `${glyph} ${shown(address)}: ${reply === '' ? 'not asked, or not answered' : shown(reply)}${codes}`
  })
  const more = recipients.length - lines.length
  return more > 0 ? [...lines, `and ${more} more recipients`] : lines
}

/** We stopped before the password or the key, not the server. */
export const stoppedForConsent = (event: TranscriptEvent): boolean =>
  event.kind === 'finding' && event.code === 'auth-needs-tls' && event.side === 'this-computer'
