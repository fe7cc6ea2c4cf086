/**
 * Owns: the part of a report that programs read: message/delivery-status (RFC 3464 §2), and as
 * message/global-delivery-status the same with addresses in UTF-8 (RFC 6533 §4).
 */
import { foldLines } from 'nodemailer/lib/mime-funcs'
import { encodeAddress } from '#shared/smtp/grammar/xtext.ts'
import { headerDate } from '../../message/date.ts'
import { encodeValue } from '../../message/fieldText.ts'
import { exact, isAscii, oneLine } from './lines.ts'
import type { ReportGiven, ReportKind, Told } from './types.ts'

/** Octets of a path with what ORCPT may add to it: below the 998 of a line, so that no address is folded. */
const mostAddress = 500
const foldAt = 76

/** Lines with CRLF: the fields of the message, then a group for each recipient, an empty line before each. */
export function printStatus(given: ReportGiven, told: readonly Told[], global: boolean): string {
  const groups = [ofMessage(given), ...told.map((one) => ofRecipient(given, one, global))]
  return groups.map((lines) => lines.map((line) => `${line}\r\n`).join('')).join('\r\n')
}

function ofMessage({ leg: { message }, rules }: ReportGiven): string[] {
  // RFC 3461 §4.4: printable characters only. Any other is not one that its sender could look up.
  const envid = message.envid !== undefined && /^[ -~]{1,100}$/u.test(message.envid) ? message.envid : null
  return [
    ...(envid === null ? [] : [`Original-Envelope-Id: ${envid}`]),
    `Reporting-MTA: dns; ${rules.name}`,
    `Arrival-Date: ${headerDate(new Date(message.receivedAt))}`,
  ]
}

function ofRecipient(
  { kind, leg, now, givesUpAt }: ReportGiven,
  { recipient, outcome }: Told,
  global: boolean,
): string[] {
  const { code, host } = outcome
  const lines = [
    ...(recipient.orcpt === undefined ? [] : [`Original-Recipient: ${originalOf(recipient.orcpt, global)}`]),
    `Final-Recipient: ${typed(outcome.address, global)}`,
    `Action: ${kind}`,
    `Status: ${statusOf(kind, outcome)}`,
  ]
  const remote = code === undefined ? null : remoteName(host)
  if (remote !== null) lines.push(`Remote-MTA: dns; ${remote}`)
  // `smtp` only for what a server said (RFC 3464 §2.3.6); its words are not ours to trust.
  lines.push(
    foldLines(`Diagnostic-Code: ${remote === null ? 'X-Relayscope' : 'smtp'}; ${saidText(outcome)}`, foldAt),
  )
  lines.push(
    `Last-Attempt-Date: ${headerDate(new Date(lastTry(leg.history) ?? now))}`,
    `Final-Log-ID: ${exact(leg.id, 200)}`,
  )
  if (kind === 'delayed' && isDate(givesUpAt)) lines.push(`Will-Retry-Until: ${headerDate(givesUpAt)}`)
  return lines
}

/** Rules may let a message wait for ever. */
export const isDate = (date: Date | undefined): date is Date =>
  date !== undefined && !Number.isNaN(date.getTime())

function lastTry(history: readonly { at: string }[]): number | null {
  const at = Date.parse(history.at(-1)?.at ?? '')
  return Number.isNaN(at) ? null : at
}

/** `5.1.1`: what the server said where it fits the action, else what is known: the class (RFC 3463 §3.1). */
export function statusOf(kind: ReportKind, { enhanced, code, outcome, words }: Told['outcome']): string {
  const classes = { failed: '45', delayed: '4', delivered: '2', relayed: '2' }[kind]
  const said = enhanced ?? /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/u.exec(words)?.[1] ?? ''
  if (/^[245]\.\d{1,3}\.\d{1,3}$/u.test(said) && classes.includes(said[0]!)) return said
  if (kind === 'delayed') return '4.0.0'
  if (kind !== 'failed') return '2.0.0'
  // X.4.7: the time for it was up (RFC 3463 §3.5); a status of the server's own says more.
  if (outcome === 'again') return '4.4.7'
  return code !== undefined && code < 500 ? '4.0.0' : '5.0.0'
}

/** Words of the outcome on one line, with the code in front, as an encoded word where they are not ASCII (RFC 2047). */
function saidText({ words, code }: Told['outcome']): string {
  const line = oneLine(words)
  const coded = code === undefined || line.startsWith(String(code)) ? line : `${code} ${line}`
  return encodeValue(coded === '' ? 'nothing was said' : coded)
}

/** Host name, or an address as a literal; without the port. */
export function remoteName(host: string | undefined): string | null {
  if (host === undefined) return null
  const name = exact(host, 255)
    .trim()
    .replace(/^([^:]+|\[[^\]]*\]):\d{1,5}$/u, '$1')
  if (!/^[!-~]+$/u.test(name)) return null
  if (/^\d+\.\d+\.\d+\.\d+$/u.test(name)) return `[${name}]`
  return name.includes(':') && !name.startsWith('[') ? `[IPv6:${name}]` : name
}

/** `utf-8` names what ASCII cannot; outside a global part as `\x{HEX}` (RFC 6533 §3). */
function typed(address: string, global: boolean): string {
  const clean = exact(address, mostAddress)
  return isAscii(clean) ? `rfc822; ${clean}` : `utf-8; ${cut(encodeAddress(clean, global))}`
}

function originalOf(orcpt: string, global: boolean): string {
  const [, type = 'rfc822', address = orcpt] = /^([A-Za-z0-9-]{1,60});(.*)$/su.exec(orcpt) ?? []
  const clean = exact(address, mostAddress)
  if (type.toLowerCase() === 'rfc822' || type.toLowerCase() === 'utf-8') return typed(clean.trim(), global)
  // Of another system: as it came, as far as ASCII goes.
  return `${type}; ${isAscii(clean) ? clean.trim() : cut(encodeAddress(clean, global))}`
}

/** `\x{10FFFF}` are ten letters for one. */
const cut = (text: string): string => text.slice(0, 900)
