/** Owns: domain names as SMTP writes them (RFC 5321 §4.1.2, §2.3.5; U-labels RFC 6531 §3.3). */
import { utf8Length } from '../../bytes/bytes.ts'
import { isIpv4 } from './literal.ts'
import { problem, type Read } from './problem.ts'

/** Octets of a domain (RFC 5321 §4.5.3.1.2) and of a label (RFC 1035 §2.3.4). */
const maxDomain = 255
const maxLabel = 63
/** An A-label is `xn--` and more characters than its U-label has. */
const maxUnicodeLabel = maxLabel - 4

export interface Domain {
  domain: string
  international: boolean
  /** What is tolerated although the grammar forbids it. */
  lenient: string[]
}

/**
 * A host's name in ASCII as DNS and certificates have it (RFC 1123 §2.1, RFC 1035 §2.3.4): letters, digits, hyphens inside,
 * underscores, which are met in practice; no dot at the end. Without the `u` flag no letter of another script folds to one.
 */
export const isHostName = (text: string): boolean =>
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/i.test(
    text,
  )

/** Reads a domain name. An underscore is tolerated and named: local networks are full of hosts that have one. */
export function parseDomain(text: string): Read<Domain> {
  const wrong = (expected: string) => problem('domain', text, expected)
  if (text === '') return wrong('empty; write a domain such as example.org')
  if (isIpv4(text)) return wrong(`an IP address needs brackets; write [${text}]`)
  if (!text.isWellFormed() || utf8Length(text) > maxDomain)
    return wrong(`more than ${maxDomain} octets; shorten it`)
  for (const label of text.split('.')) {
    const expected = labelProblem(label)
    if (expected !== null) return wrong(expected)
  }
  const lenient = text.includes('_') ? ['underscore in a domain'] : []
  return { ok: true, value: { domain: text, international: /[^\0-\x7f]/.test(text), lenient } }
}

function labelProblem(label: string): string | null {
  if (label === '') return 'empty label; write one dot between labels and none at the ends'
  const unicode = /[^\0-\x7f]/.test(label)
  if (unicode ? Array.from(label).length > maxUnicodeLabel : label.length > maxLabel)
    return `a label of more than ${maxLabel} octets; shorten it`
  const odd = /[^A-Za-z0-9_\-\p{L}\p{M}\p{N}\p{Join_Control}\u00b7\u30fb]/u.exec(label)?.[0]
  if (odd === '@') return 'two @; write exactly one between local part and domain'
  if (odd === ' ') return 'a space; remove it'
  if (odd !== undefined)
    return `character ${odd} does not belong in a domain; use letters, digits and hyphens`
  if (label.startsWith('-') || label.endsWith('-')) return 'a hyphen at the edge of a label; remove it'
  return null
}
