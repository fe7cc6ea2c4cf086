/** Owns: what is said of one recipient of a send beside its reply: its findings, without repeating what stands there. */
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'

type Recipient = DialogueResult['recipients'][number]
type Finding = NonNullable<DialogueResult['findings']>[number]

export interface RecipientNote {
  code: string
  /** '' where the reply says it. */
  message: string
  /** '' where `said` has it. */
  next: string
  evidence: readonly number[]
}

/** A code may stand for several recipients, each in a finding of its own that names the address or quotes the reply. */
function isAbout({ address, reply, findings = [] }: Recipient, finding: Finding, alone: boolean): boolean {
  if (finding.code === 'accepted' || !findings.includes(finding.code)) return false
  return alone || finding.message.includes(address) || (reply !== '' && finding.message.includes(reply))
}

/** Findings about one recipient. `said`: sentences that stand above all of them. */
export function recipientNotes(
  recipient: Recipient,
  all: readonly Finding[],
  said: string,
): readonly RecipientNote[] {
  const { reply } = recipient
  return all
    .filter((one) => isAbout(recipient, one, all.filter(({ code }) => code === one.code).length === 1))
    .map(({ code, message, next, evidence }) => ({
      code,
      message: reply !== '' && message.includes(reply) ? '' : message,
      next: said.includes(next) ? '' : next,
      evidence,
    }))
}

export type RecipientTone = 'good' | 'warn' | 'bad' | 'neutral'

/** A 4yz reply is for now, a 5yz for good (RFC 5321 §4.2.1); without a code nothing was said. */
export function recipientTone({ accepted, code = 0 }: Recipient): RecipientTone {
  if (accepted) return 'good'
  if (code === 0) return 'neutral'
  return code < 500 ? 'warn' : 'bad'
}
