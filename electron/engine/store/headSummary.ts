/**
 * Owns: what the Inbox list shows of a message: From, To, Subject and the number of attachments, read from its octets
 * with fixed limits. The whole message is read elsewhere; this runs for every message that arrives.
 */
import { defaultTagRules } from '#shared/rpc/contract/inboxTags.ts'
import { fromUtf8 } from '#shared/bytes/bytes.ts'
import { decodeWords } from 'postal-mime'

export interface HeadSummary {
  from: string
  to: string
  subject: string
  attachments: number
  /** Of the fields that hold tags, as written. */
  tags: string[]
}

/** Octets of the header that are looked at, and characters of a field that are kept. */
const headLimit = 64 * 1024
const fieldLimit = 500

const latin1 = new TextDecoder('latin1')

/** End of the header: octets before the first empty line, at most `headLimit`. */
function headEnd(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, headLimit)
  if (bytes[0] === 0x0a || (bytes[0] === 0x0d && bytes[1] === 0x0a)) return 0
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < end; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a || (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a)) return at
  }
  return end
}

/** By name. A few names are asked for again and again; who changes the tag rules often begins anew. */
const expressions = new Map<string, RegExp>()
const mostExpressions = 100

function expressionOf(name: string): RegExp {
  const known = expressions.get(name)
  if (known !== undefined) return known
  // A name may hold what means something in an expression: `.` and `*` are letters of it (RFC 5322 §3.6.8).
  const literal = name.replace(/[^A-Za-z0-9-]/gu, '\\$&')
  const made = new RegExp(`(?:^|\\n)${literal}[ \\t]*:((?:[^\\n]|\\n[ \\t])*)`, 'i')
  if (expressions.size >= mostExpressions) expressions.clear()
  expressions.set(name, made)
  return made
}

/** Value of the first field of this name, unfolded (RFC 5322 §2.2.3) and decoded (RFC 2047, RFC 6532). */
function field(head: string, name: string): string {
  const found = expressionOf(name).exec(head)
  if (found === null) return ''
  const value = found[1]!.replace(/\r?\n(?=[ \t])/g, '').trim()
  const cut = value.slice(0, fieldLimit * 4)
  let decoded = cut
  try {
    decoded = decodeWords(cut)
  } catch {
    // An encoded word in a charset nobody knows: as written.
  }
  // eslint-disable-next-line no-control-regex -- control octets would break a list's line
  return decoded.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, fieldLimit)
}

const tagsIn = (value: string): string[] =>
  value
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')

/** `first`: octets from the message's beginning. `attachments` is counted by PartScanner. `tagFields`: their names. */
export function readHead(
  first: Uint8Array,
  attachments: number,
  tagFields: readonly string[] = defaultTagRules.headers,
): HeadSummary {
  const bytes = first.subarray(0, headEnd(first))
  const head = fromUtf8(bytes) ?? latin1.decode(bytes)
  const [from, to, subject] = [field(head, 'from'), field(head, 'to'), field(head, 'subject')]
  return {
    from,
    to,
    subject,
    attachments,
    tags: tagsIn(tagFields.map((name) => field(head, name)).join(',')),
  }
}
