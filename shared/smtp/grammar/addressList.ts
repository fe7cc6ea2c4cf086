/**
 * Owns: addresses as people type them in a form: `a@b`, `Name <a@b>`, `"Name, with comma" <a@b>`, comma separated (RFC
 * 5322 §3.4, without groups and comments).
 */
import { parseMailbox } from './mailbox.ts'
import { problem, sentence } from './problem.ts'

export interface NamedAddress {
  address: string
  /** Display name, quotes removed; `''` when there is none. */
  name: string
}
/** `problem` is one sentence that names the value and what would be right. */
export type CheckedAddress = ({ ok: true } & NamedAddress) | { ok: false; problem: string }
export type CheckedList = { ok: true; addresses: NamedAddress[] } | { ok: false; problems: string[] }

const maxAddresses = 1000

/** One address of a form. A control character is refused everywhere: in a name it could add a header field. */
export function checkAddress(text: string): CheckedAddress {
  const typed = text.trim()
  // eslint-disable-next-line no-control-regex -- these are the characters to refuse
  if (/[\u0000-\u001f\u007f-\u009f]/.test(typed))
    return wrong('address', typed, 'a control character or line end; write one address on one line')
  const open = findOpen(typed)
  if (open < 0) return checkMailbox(typed, '')
  if (!typed.endsWith('>'))
    return wrong('address', typed, 'text after or no closing >; write Name <local@domain>')
  const name = unquote(typed.slice(0, open).trim())
  if (name === null)
    return wrong('name', typed.slice(0, open).trim(), 'quotes that do not match; write "Name" <local@domain>')
  return checkMailbox(typed.slice(open + 1, -1).trim(), name)
}

/** A comma separated list; blank text is an empty list, and a comma at the end is forgiven. All problems are answered. */
export function parseAddressList(text: string): CheckedList {
  const items = splitList(text).filter((item) => item.trim() !== '')
  if (items.length > maxAddresses)
    return { ok: false, problems: [`${items.length} addresses: write ${maxAddresses} at most.`] }
  const checked = items.map(checkAddress)
  const problems = checked.flatMap((item) => (item.ok ? [] : [item.problem]))
  if (problems.length > 0) return { ok: false, problems }
  const addresses = checked.flatMap((item) => (item.ok ? [{ address: item.address, name: item.name }] : []))
  return { ok: true, addresses }
}

function checkMailbox(address: string, name: string): CheckedAddress {
  const mailbox = parseMailbox(address)
  if (mailbox.ok) return { ok: true, address, name }
  // A semicolon between addresses is a habit from other mail programs.
  if (/;/.test(address) && !address.startsWith('"'))
    return wrong('address', address, 'a semicolon; separate addresses with a comma')
  if (mailbox.problem.field === 'address') return { ok: false, problem: sentence(mailbox.problem) }
  return { ok: false, problem: `address "${address.slice(0, 80)}": ${sentence(mailbox.problem)}` }
}

/** Index of the `<` outside quotes, or -1. */
function findOpen(text: string): number {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '\\') i++
    else if (text[i] === '"') quoted = !quoted
    else if (!quoted && text[i] === '<') return i
  }
  return -1
}

/** Display name without its quotes, or null when they do not match. */
function unquote(name: string): string | null {
  if (!name.includes('"')) return name
  const inside = /^"((?:[^"\\]|\\.)*)"$/su.exec(name)?.[1]
  return inside === undefined ? null : inside.replace(/\\(.)/gsu, '$1')
}

function splitList(text: string): string[] {
  const items: string[] = []
  let quoted = false
  let bracketed = false
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted && c === '\\') i++
    else if (c === '"') quoted = !quoted
    else if (quoted) continue
    else if (c === '<') bracketed = true
    else if (c === '>') bracketed = false
    else if (c === ',' && !bracketed) {
      items.push(text.slice(from, i))
      from = i + 1
    }
  }
  items.push(text.slice(from))
  return items
}

function wrong(field: string, value: string, expected: string): { ok: false; problem: string } {
  return { ok: false, problem: sentence(problem(field, value, expected).problem) }
}
