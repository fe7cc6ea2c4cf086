/**
 * Owns: Mailbox = Local-part "@" ( Domain / address-literal ) (RFC 5321 §4.1.2, §4.1.3; RFC 6531 §3.3). Limits in octets:
 * local part 64, domain 255 (§4.5.3.1).
 */
import { utf8Length } from '../../bytes/bytes.ts'
import { parseDomain } from './domain.ts'
import { parseLiteral } from './literal.ts'
import { problem, type Read } from './problem.ts'

export interface Mailbox {
  /** As written, quotes included. */
  local: string
  /** Local part without quotes and backslashes: `"a\ b"` and `"a b"` are the same mailbox (§4.1.2). */
  unquoted: string
  /** Domain as written, or the literal with its brackets. */
  domain: string
  literal?: 'ipv4' | 'ipv6' | 'general'
  /** Needs SMTPUTF8: a character above U+007F somewhere. */
  international: boolean
  /** What is tolerated although the grammar forbids it. */
  lenient: string[]
}

/** What stands behind the last @ (a quoted local part may hold others), as written; the whole text where there is none. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

const maxLocal = 64
const quotedForm = /^"((?:[ !#-[\]-~\u00a0-\u{10ffff}]|\\[ -~])*)"/u
const atextForm = /[^A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u00a0-\u{10ffff}]/u

/** Reads a mailbox; never throws. The problem's field is `address`, `local part`, `domain` or `address literal`. */
export function parseMailbox(text: string): Read<Mailbox> {
  if (text === '') return problem('address', text, 'empty; write local@domain')
  if (!text.isWellFormed())
    return problem('address', text, 'half of a character (lone surrogate); type it again')
  const local = readLocal(text)
  if (!local.ok) return local
  const { written, unquoted } = local.value
  const domain = text.slice(written.length + 1)
  if (utf8Length(written) > maxLocal)
    return problem('local part', written, `more than ${maxLocal} octets before the @; shorten it`)
  const international = /[^\0-\x7f]/.test(text)
  if (domain.startsWith('[')) {
    const literal = parseLiteral(domain)
    if (!literal.ok) return literal
    return {
      ok: true,
      value: { local: written, unquoted, domain, literal: literal.value, international, lenient: [] },
    }
  }
  const name = parseDomain(domain)
  if (!name.ok) return name
  return { ok: true, value: { local: written, unquoted, domain, international, lenient: name.value.lenient } }
}

function readLocal(text: string): Read<{ written: string; unquoted: string }> {
  if (text.startsWith('"')) return readQuoted(text)
  const at = text.indexOf('@')
  if (at < 0) return problem('address', text, 'missing @; write local@domain')
  if (at === 0) return problem('address', text, 'nothing before the @; write local@domain')
  const written = text.slice(0, at)
  const odd = atextForm.exec(written)?.[0]
  if (odd === ' ')
    return problem('local part', written, 'a space; remove it, or put the part before the @ in quotes')
  if (odd !== undefined)
    return problem('local part', written, `character ${odd} must be in quotes; write "…"@domain`)
  if (written.startsWith('.') || written.endsWith('.') || written.includes('..'))
    return problem('local part', written, 'a dot at the edge or two in a row; remove it, or use quotes')
  return { ok: true, value: { written, unquoted: written } }
}

function readQuoted(text: string): Read<{ written: string; unquoted: string }> {
  const quoted = quotedForm.exec(text)
  if (!quoted) return problem('local part', text, 'no closing quote, or a character that quotes cannot hold')
  if (text[quoted[0].length] !== '@')
    return problem('address', text, 'missing @ after the quotes; write "local"@domain')
  return { ok: true, value: { written: quoted[0], unquoted: quoted[1]!.replace(/\\(.)/gs, '$1') } }
}

export { parseDomain } from './domain.ts'
export { parseLiteral } from './literal.ts'
