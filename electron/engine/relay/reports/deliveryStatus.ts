/**
 * Owns: reading message/delivery-status (RFC 3464 §2.2, §2.3) and its form with UTF-8 (RFC 6533). What is missing or against
 * the RFC is said in words; what is there is still read.
 */
import { first, readGroups, typedValue, type Fields } from './fieldGroups.ts'
import type { ReadRecipient, ReadReport, TypedAddress } from './types.ts'

/** Recipients of one report. */
export const mostRecipients = 1000
const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const

type Status = Pick<ReadReport, 'reportingMta' | 'envelopeId' | 'arrivalDate' | 'recipients' | 'problems'>

export function readDeliveryStatus(bytes: Uint8Array): Status {
  const { groups, problems } = readGroups(bytes, mostRecipients + 1)
  const ofMessage = groups[0] ?? new Map<string, string[]>()
  let rest = groups.slice(1)
  // Some programs leave out the empty line behind the first group.
  if (names(ofMessage)) {
    rest = [ofMessage, ...rest]
    problems.push('Fields of the message and of a recipient stand in one group (RFC 3464 §2.1).')
  }
  if (!ofMessage.has('reporting-mta')) problems.push('No Reporting-MTA, which RFC 3464 §2.2.2 requires.')
  if (rest.length === 0) problems.push('It names no recipient (RFC 3464 §2.3).')
  const mta = first(ofMessage, 'reporting-mta')
  return {
    reportingMta: mta === undefined ? undefined : typedValue(mta).value,
    envelopeId: first(ofMessage, 'original-envelope-id'),
    arrivalDate: first(ofMessage, 'arrival-date'),
    recipients: rest.slice(0, mostRecipients).map((group, at) => readRecipient(group, at, problems)),
    problems,
  }
}

const names = (group: Fields): boolean => group.has('final-recipient') || group.has('original-recipient')

function readRecipient(group: Fields, at: number, problems: string[]): ReadRecipient {
  const final = first(group, 'final-recipient')
  const original = first(group, 'original-recipient')
  const action = first(group, 'action')?.toLowerCase()
  const known = actions.find((name) => action?.split(/[\s(;]/u, 1)[0] === name)
  const said = first(group, 'diagnostic-code')
  const diagnostic = said === undefined ? undefined : typedValue(said)
  const remote = first(group, 'remote-mta')
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/u.exec(first(group, 'status') ?? '')?.[1]
  // A hostile report has a thousand of them; a few tell enough.
  const say = (words: string) => problems.length < 20 && problems.push(`Recipient ${at + 1}: ${words}`)
  if (final === undefined) say('no Final-Recipient (RFC 3464 §2.3.2).')
  if (known === undefined) say(`${action === undefined ? 'no Action' : `the Action ${action}`}; it is one of ${actions.join(', ')} (RFC 3464 §2.3.3).`) // prettier-ignore
  if (status === undefined) say('no Status of the form 5.1.1 (RFC 3464 §2.3.4).')
  return {
    action: known ?? 'other',
    final: final === undefined ? undefined : readAddress(final),
    original: original === undefined ? undefined : readAddress(original),
    status,
    diagnostic: diagnostic?.value === '' ? undefined : diagnostic?.value,
    diagnosticType: diagnostic?.type === '' ? undefined : diagnostic?.type,
    remoteMta: remote === undefined ? undefined : typedValue(remote).value,
    lastAttempt: first(group, 'last-attempt-date'),
    willRetryUntil: first(group, 'will-retry-until'),
  }
}

/**
 * `rfc822; lee@x`, `utf-8; \x{E9}@x`; brackets and a comment behind it are left out. xtext is not decoded here: RFC 3464
 * §2.3.1 wants it decoded already, and `lee+ab@x` may be a real address.
 */
export function readAddress(field: string): TypedAddress {
  const { type, value } = typedValue(field)
  const bare = value.replace(/\s+\([^()]*\)$/u, '').replace(/^<(.*)>$/su, '$1')
  if (type === 'utf-8') return { type, address: fromUnitext(bare) }
  return { type: type === '' ? 'rfc822' : type, address: bare }
}

/** RFC 6533 §3: `\x{HEX}` as the character that it names. */
function fromUnitext(text: string): string {
  return text.replace(/\\x\{([0-9A-Fa-f]{1,6})\}/gu, (coded, hex: string) => {
    const code = Number.parseInt(hex, 16)
    return code > 0x10_ff_ff || (code >= 0xd8_00 && code < 0xe0_00) ? coded : String.fromCodePoint(code)
  })
}
