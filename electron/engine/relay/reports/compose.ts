/**
 * Owns: a report of the relay's own, from a leg's outcome to a message in the queue: multipart/report (RFC 6522) with words,
 * fields and what goes back, to the reverse-path, with none of its own (RFC 3464 §2, RFC 3834 §5).
 */
import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import MimeNode from 'nodemailer/lib/mime-node'
import { parseDomain } from '#shared/smtp/grammar/domain.ts'
import { isIpv4 } from '#shared/smtp/grammar/literal.ts'
import { parseMailbox } from '#shared/smtp/grammar/mailbox.ts'
import { headerDate } from '../../message/date.ts'
import { encodeName, encodeValue } from '../../message/fieldText.ts'
import type { Leg, QueuedMessage } from '../types.ts'
import { humanText, subjectOf } from './humanWords.ts'
import { isAscii } from './lines.ts'
import { returnedPart, type ReturnedPart } from './returnedPart.ts'
import { printStatus } from './statusFields.ts'
import type { NewReport, ReportGiven, Told } from './types.ts'
import { mayBeTold, whomToTell } from './whom.ts'

/**
 * The report with its one leg, to be tried at once; null when nobody is to be told: an empty reverse-path, one that no
 * mail could go to, or recipients whose NOTIFY does not ask for this kind.
 */
export async function composeReport(given: ReportGiven): Promise<NewReport | null> {
  if (!mayBeTold(given.leg)) return null
  const told = whomToTell(given)
  const domain = domainOf(given.leg.message.sender)
  if (told.length === 0 || domain === null) return null
  const named = { ...given, rules: { name: nameOf(given.rules.name) } }
  const content = await build(named, told)
  const queued = queuedOf(named, told, content, domain)
  return { queued, content }
}

/** Of a path, in lower case as A-labels; a literal with its brackets. Null when mail could not go there. */
function domainOf(sender: string): string | null {
  const mailbox = parseMailbox(sender)
  if (!mailbox.ok) return null
  const { domain, literal } = mailbox.value
  const ascii = literal === undefined ? domainToASCII(domain) : domain
  return ascii === '' ? null : ascii.toLowerCase()
}

/** A name that can stand behind an @: the relay's own, or its address as a literal (RFC 5321 §4.1.3). */
function nameOf(name: string): string {
  if (isIpv4(name)) return `[${name}]`
  const domain = parseDomain(name)
  const ascii = domain.ok ? domainToASCII(name) : ''
  return ascii === '' ? 'localhost' : ascii
}

async function build(given: ReportGiven, told: readonly Told[]): Promise<Uint8Array> {
  const { leg, kind } = given
  const global = leg.message.utf8
  const returned = returnedPart(kind, leg.message, given.original, global)
  const status = printStatus(given, told, global)
  const text = humanText(given, told, returned)
  const root = new MimeNode('multipart/report; report-type=delivery-status', {
    baseBoundary: boundaryFor(given.uuid, returned),
    boundaryPrefix: '_report',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  writeHead(root, given, told)
  addPart(root, 'text/plain; charset=utf-8', text, isAscii(text) ? '7bit' : 'quoted-printable')
  // RFC 3464 §2.1: message/delivery-status is 7bit; the global one may be encoded (RFC 6533 §4).
  if (isAscii(status)) addPart(root, 'message/delivery-status', status, '7bit')
  else addPart(root, 'message/global-delivery-status', status, 'quoted-printable')
  addPart(root, returned.type, returned.bytes, returned.encoding)
  const built = await root.build()
  return new Uint8Array(built.buffer, built.byteOffset, built.length)
}

/** The library would choose the encoding, and knows nothing of what a report's parts may be encoded as. */
function addPart(root: MimeNode, type: string, content: string | Buffer, encoding: string): void {
  const node = root.createChild(type)
  // Without content the library writes no empty line behind the part's header.
  node.setContent(content.length === 0 ? '\r\n' : content)
  node.getTransferEncoding = () => encoding
}

function writeHead(
  root: MimeNode,
  { kind, leg, rules, now, uuid }: ReportGiven,
  told: readonly Told[],
): void {
  // As MAIL said it: it has passed the grammar, and the library would write some paths its own way.
  Object.assign(root, { _normalizeAddress: (address: string) => address, _encodeAddressName: encodeName })
  const addresses: Record<string, { name: string; address: string }> = {
    From: { name: 'Mail delivery', address: `MAILER-DAEMON@${rules.name}` },
    To: { name: '', address: leg.message.sender },
  }
  root.setHeader(addresses)
  root.setHeader('Subject', encodeValue(subjectOf(kind, told)))
  root.setHeader('Date', headerDate(now))
  root.setHeader('Message-ID', `<${idOf(uuid)}@${rules.name}>`)
  const original = messageIdOf(leg.message)
  if (original !== null) {
    root.setHeader('In-Reply-To', original)
    root.setHeader('References', original)
  }
  root.setHeader('Auto-Submitted', 'auto-replied')
}

const idOf = (uuid: string): string => uuid.replace(/[^A-Za-z0-9-]/gu, '').slice(0, 64) || 'report'

/** With its brackets; null where it is none that could stand in a field (RFC 5322 §3.6.4). */
function messageIdOf({ messageId = '' }: QueuedMessage): string | null {
  const bare = messageId.trim().replace(/^<|>$/gu, '')
  return bare.length <= 900 && /^[!-;=?-~]+$/u.test(bare) ? `<${bare}>` : null
}

/** Who sent the original chose its octets: a boundary must not stand in them. */
function boundaryFor(uuid: string, { bytes }: ReturnedPart): string {
  const nth = (turn: number) => createHash('sha256').update(`${uuid} ${turn}`).digest('hex').slice(0, 24)
  let turn = 0
  // Ends: bounded octets hold a bounded number of them, and nobody knows the uuid beforehand.
  while (bytes.includes(nth(turn))) turn++
  return nth(turn)
}

function queuedOf(
  { kind, leg, rules, now, uuid }: ReportGiven,
  told: readonly Told[],
  content: Uint8Array,
  domain: string,
): NewReport['queued'] {
  const { sender, requireTls } = leg.message
  const message: QueuedMessage = {
    id: `${uuid}.1`,
    session: uuid,
    body: 1,
    receivedAt: now.getTime(),
    sender: '',
    size: content.length,
    client: rules.name,
    subject: subjectOf(kind, told),
    messageId: `<${idOf(uuid)}@${rules.name}>`,
    because: 'a report of the relay itself',
    prefix: '',
    cuts: [],
    eightBit: !isAscii(sender),
    utf8: !isAscii(sender),
    // A report tells of the message, so it is protected like it (RFC 8689 §5).
    requireTls,
    own: true,
  }
  const report: Leg = {
    id: `${message.id}/1`,
    message,
    domain,
    // RFC 3461 §6.1: a report asks for none itself.
    recipients: [{ address: sender, state: 'open', notify: ['NEVER'] }],
    state: 'waiting',
    nextAt: now.getTime(),
    tries: 0,
    history: [],
  }
  return { message, legs: [report] }
}
