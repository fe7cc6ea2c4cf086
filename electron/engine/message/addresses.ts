/**
 * Owns: from recipients as people type them to mailboxes as the wire takes them. The grammar is strict (one @, names
 * with commas in quotes, no groups); domains outside ASCII become A-labels (RFC 5890), unless the local part is outside
 * ASCII as well: then SMTPUTF8 is due anyway and the domain stays as typed (RFC 6531 §3.3).
 */
import addressparser from 'nodemailer/lib/addressparser'
import { domainToASCII } from 'node:url'
import { isAscii } from '#shared/bytes/bytes.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { type NamedAddress, parseAddressList } from '#shared/smtp/grammar/addressList.ts'
import { parseMailbox } from '#shared/smtp/grammar/mailbox.ts'
import { sentence } from '#shared/smtp/grammar/problem.ts'
import { hasControl, problemOf } from './problems.ts'

export type { NamedAddress } from '#shared/smtp/grammar/addressList.ts'

/** Characters of one entry, and mailboxes of one message. */
const longestEntry = 1 << 20
export const maxRecipients = 10_000

const missing = 'There is no address: write one such as anna@example.com.'
const groups =
  'is a group, as "Team: ann@a.test, bob@b.test;"; write its members one by one, with commas between them.'

/** All mailboxes of a field's entries, in their order; what is wrong is added to `problems`. */
export function readMailboxes(
  field: string,
  entries: readonly string[],
  problems: FieldProblem[],
): NamedAddress[] {
  const found = entries.flatMap((entry, i) => readEntry(`${field}[${i}]`, entry, problems))
  if (found.length <= maxRecipients) return found
  problems.push(
    problemOf(field, String(found.length), `has ${found.length} addresses; ${maxRecipients} are the most.`),
  )
  return []
}

/** Exactly one mailbox, or null with a problem. */
export function readMailbox(field: string, typed: string, problems: FieldProblem[]): NamedAddress | null {
  const before = problems.length
  const [first, ...more] = readEntry(field, typed, problems)
  if (first === undefined) {
    return null
  }
  if (more.length === 0) return problems.length === before ? first : null
  const message = `has ${more.length + 1} addresses; one mailbox goes here (in a name with a comma in it, put the name in quotes).`
  problems.push(problemOf(field, typed, message))
  return null
}

function readEntry(field: string, entry: string, problems: FieldProblem[]): NamedAddress[] {
  const say = (message: string): NamedAddress[] => {
    problems.push(problemOf(field, entry, message))
    return []
  }
  if (entry.trim() === '') return say(missing)
  if (entry.length > longestEntry) return say(`has ${entry.length} characters; ${longestEntry} are the most.`)
  const list = parseAddressList(entry)
  if (!list.ok) return say(isGroup(entry) ? groups : [...list.problems, ...commaHint(entry)].join(' '))
  if (list.addresses.length === 0) return say(missing)
  return list.addresses.flatMap(({ name, address }) => {
    const wire = wireAddress(address)
    return wire.ok ? [{ name, address: wire.address }] : say(wire.problem)
  })
}

/** `Doe, Jane <jane@x.test>` are two entries to the grammar, and one to whoever typed it. */
function commaHint(entry: string): string[] {
  const name = entry.slice(0, Math.max(0, entry.indexOf('<')))
  const cut = name.includes(',') && !/["@]/u.test(name)
  return cut
    ? [`If it is one name with a comma in it, put the name in quotes: "Doe, Jane" <jane@example.com>.`]
    : []
}

const isGroup = (entry: string): boolean =>
  entry.includes(':') &&
  !hasControl(entry) &&
  addressparser(entry).some((read) => 'group' in read && read.group !== undefined)

/** The mailbox as MAIL and RCPT say it. `address` has passed the grammar. */
export function wireAddress(address: string): { ok: true; address: string } | { ok: false; problem: string } {
  const read = parseMailbox(address)
  if (!read.ok) return { ok: false, problem: sentence(read.problem) }
  const { local, domain } = read.value
  if (isAscii(domain) || !isAscii(local)) return { ok: true, address }
  const ascii = domainToASCII(domain)
  const again = parseMailbox(`${local}@${ascii}`)
  if (ascii !== '' && again.ok) return { ok: true, address: `${local}@${ascii}` }
  const problem = `domain "${domain}" cannot be written in A-labels (RFC 5891 §4); check its spelling, or write its xn-- form.`
  return { ok: false, problem }
}
