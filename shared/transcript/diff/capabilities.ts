/** Owns: what two EHLO replies offer differently: added, removed, and another parameter. */
import { type Capability, parseCapabilities } from '../../smtp/grammar/capabilities.ts'
import type { EventOf } from '../event.ts'
import { differ } from './difference.ts'
import { replyTexts } from './reply.ts'
import type { Difference, Weight } from './types.ts'

/** These decide whether and how safely a message goes through; the others how comfortably. */
const decisive = new Set(['STARTTLS', 'AUTH', 'AUTH=', 'SMTPUTF8', 'REQUIRETLS'])

/** Whether a reply lists what is offered: HELO does not, and a refusal does not. */
export const listsCapabilities = (reply: EventOf<'reply'> | undefined): reply is EventOf<'reply'> =>
  reply?.code === 250 && reply.phase === 'ehlo'

/** What a reply offers, by keyword; of a keyword said twice the first. */
export function offered(reply: EventOf<'reply'>): Map<string, Capability> {
  const found = new Map<string, Capability>()
  for (const capability of parseCapabilities(replyTexts(reply)).capabilities)
    if (!found.has(capability.keyword)) found.set(capability.keyword, capability)
  return found
}

const said = (capability: Capability | undefined): string =>
  capability === undefined ? '' : [capability.keyword, ...capability.parameters].join(' ')

/** Mechanisms and limits are sets: their order means nothing. */
const meant = (capability: Capability): string =>
  [capability.keyword, ...capability.parameters.map((word) => word.toUpperCase()).toSorted()].join(' ')

function weigh(keyword: string, left: Capability | undefined, right: Capability | undefined): Weight {
  // Once TLS is up, STARTTLS is not offered again (RFC 3207 §4.2): between two sides it is told by the step itself.
  if (left === undefined || right === undefined) return decisive.has(keyword) ? 'matters' : 'note'
  return keyword === 'AUTH' ? 'matters' : 'note'
}

/** One difference for each capability, in the order of the left reply, then what only the right has. */
export function compareCapabilities(left: EventOf<'reply'>, right: EventOf<'reply'>): Difference[] {
  const ours = offered(left)
  const theirs = offered(right)
  const across = left.sealed === right.sealed ? [] : ['STARTTLS']
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((keyword) => {
    const [a, b] = [ours.get(keyword), theirs.get(keyword)]
    if (a && b && meant(a) === meant(b)) return []
    const weight = across.includes(keyword) ? 'expected' : weigh(keyword, a, b)
    return differ('capability', weight, keyword, said(a), said(b))
  })
}
