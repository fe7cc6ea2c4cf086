/**
 * Owns: an attempt that a person asks about, as it could come about: who names a user on a connection in clear asks of a
 * state that the relay never lets happen where AUTH is taken inside TLS only.
 */
import { parseMailbox } from '../smtp/grammar/mailbox.ts'
import { decideRelay, offerFor } from './decide.ts'
import type { RelayAttempt, RelayDecision } from './decision.ts'
import type { RelayPolicy } from './policy.ts'
import { isOwnPostmaster } from './postmaster.ts'

export interface AskedDecision {
  /** Without its user where nobody could have signed in. */
  attempt: RelayAttempt
  decision: RelayDecision
}

/** As it stands in a command, `<a@b.example>`, or bare. */
const bare = (text: string): string => text.trim().replace(/^<(.*)>$/su, '$1')

/** What was typed as MAIL FROM, empty for `<>`; null where it is no address. */
export function askedSender(text: string): string | null {
  const sender = bare(text)
  return sender === '' || parseMailbox(sender).ok ? sender : null
}

/** What was typed as RCPT TO; null where it is no address. */
export function askedRecipient(text: string): string | null {
  const recipient = bare(text)
  return isOwnPostmaster(recipient) || parseMailbox(recipient).ok ? recipient : null
}

/** The decision; where the user could not have signed in, that of somebody who has not, and its words say so. */
export function decideAsked(policy: RelayPolicy, asked: RelayAttempt): AskedDecision {
  const { user, ...nobody } = asked
  const impossible = user !== undefined && !asked.secured && offerFor(policy, asked.client).authAfterTls
  if (!impossible) return { attempt: asked, decision: decideRelay(policy, asked) }
  const decision = decideRelay(policy, nobody)
  const note = `In clear AUTH is not offered to this client, so ${user} cannot have signed in.`
  return { attempt: nobody, decision: { ...decision, because: `${note} ${decision.because}` } }
}
