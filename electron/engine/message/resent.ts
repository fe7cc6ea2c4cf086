/**
 * Owns: who sent a message on, and to whom (RFC 5322 §3.6.6): its Resent- fields, of which the topmost group tells of the
 * last time. From them comes the envelope of a message that is sent as it is, as other programs take it.
 */
import { type Address, addressParser } from 'postal-mime'

export interface Resent {
  from: Address[]
  to: Address[]
  hasBcc: boolean
}

/** `headers` in their order, keys in lower case; null when nobody has sent the message on. */
export function readResent(headers: readonly { key: string; value: string }[]): Resent | null {
  const block = topmost(headers)
  const of = (...names: string[]): Address[] => names.flatMap((name) => addressParser(block.get(name) ?? ''))
  const to = of('resent-to', 'resent-cc', 'resent-bcc')
  if (to.length === 0) return null
  return { from: of('resent-from', 'resent-sender'), to, hasBcc: block.has('resent-bcc') }
}

/** From the first Resent- field to one of another kind, or to one that has been: there an earlier time begins. */
function topmost(headers: readonly { key: string; value: string }[]): Map<string, string> {
  const block = new Map<string, string>()
  const start = headers.findIndex(({ key }) => key.startsWith('resent-'))
  for (const { key, value } of start < 0 ? [] : headers.slice(start)) {
    if (!key.startsWith('resent-') || block.has(key)) break
    block.set(key, value)
  }
  return block
}
