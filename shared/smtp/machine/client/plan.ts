/**
 * Owns: the lines still to come as far as they are known, for showing them ahead. A plan assumes that everything goes
 * well; it holds no secret, in `bytes` no more than in `shown`.
 */
import { authMechanisms, has } from '../../grammar/capabilities.ts'
import { maskLine, unmasked } from '../../grammar/mask.ts'
import { choose } from '../../sasl/choose.ts'
import { stopPoints, type StopPoint } from '../options.ts'
import type { Outgoing } from '../types.ts'
import { usesBdat } from './chunking.ts'
import type { ClientCore, Step } from './core.ts'
import { authLine, commandLine, endLine, type Line } from './lines.ts'
import { bindingOf, goesWithAuth, meansOf, secretOf } from './means.ts'
import { mailParameters, rcptParameters } from './parameters.ts'
import { octetsToSend, quits, recipientsToSay } from './stop.ts'

/** Recipients shown ahead; a list of thousands is not read by anyone. */
const mostRecipients = 50

export function planLines(core: ClientCore): Outgoing[] {
  const lines: Line[] = []
  if (core.state !== 'done' && core.state !== 'quit') {
    if (!core.ending) planSession(core, lines)
    if (!core.quitIssued && (core.ending || quits(core))) lines.push(commandLine({ verb: 'QUIT' }))
  }
  return lines.map((line, index) => ({ ...line, bytes: line.shown.bytes, id: -1 - index }))
}

/** Mechanisms in which the server speaks first. */
const serverFirst = new Set(['LOGIN', 'CRAM-MD5'])
/** Mechanisms whose first response is about as long as the token. */
const mostInitial = new Set(['XOAUTH2', 'OAUTHBEARER'])
const secretOctet = new Uint8Array(1)
const bindable = (core: ClientCore): boolean => bindingOf(core.options.auth!, core.secured) !== null

const reaches = (core: ClientCore, point: StopPoint): boolean =>
  stopPoints.indexOf(core.options.stopAfter) >= stopPoints.indexOf(point)

function planSession(core: ClientCore, lines: Line[]): void {
  const { options } = core
  const ehlo = () =>
    lines.push(commandLine({ verb: core.fallback ? 'HELO' : 'EHLO', name: options.ehloName }))
  if (!reaches(core, 'ehlo')) return
  if (core.hello === 'none') ehlo()
  if (reaches(core, 'tls') && tlsAhead(core)) {
    // One that waits at the gate is no line to come any more, and what follows it still is.
    if (!waits(core, 'starttls')) lines.push(commandLine({ verb: 'STARTTLS' }))
    ehlo()
  }
  if (reaches(core, 'auth') && options.auth && !core.authTried) planAuth(core, lines)
  if (options.transaction) planTransaction(core, lines)
}

const waits = (core: ClientCore, name: Step['name']): boolean =>
  [...core.pending.values()].some(({ step }) => step.name === name)

function tlsAhead(core: ClientCore): boolean {
  if (core.secured || core.tlsTried || core.state === 'handshake') return false
  if (core.options.tls === 'starttls') return true
  return core.options.tls === 'opportunistic' && has(core.capabilities, 'STARTTLS')
}

function planAuth(core: ClientCore, lines: Line[]): void {
  const auth = core.options.auth!
  const sealed = core.secured !== null || core.options.tls !== 'none'
  const means = { ...meansOf(core), sealed, bindable: core.secured === null ? sealed : bindable(core) }
  const usual = { password: 'PLAIN', token: 'OAUTHBEARER', none: 'EXTERNAL' }[secretOf(auth)]
  // What is offered before TLS no longer counts after it (RFC 3207 §4.2).
  const offered =
    core.capabilities.length > 0 && !tlsAhead(core)
      ? authMechanisms(core.capabilities)
      : [auth.mechanism === 'auto' ? usual : auth.mechanism]
  const choice = choose(offered, auth.mechanism, means)
  if (!choice.ok || means.problem?.(choice.mechanism) !== null) return
  // Nothing is begun for showing a line ahead: what will be secret is said by any octet.
  const first = serverFirst.has(choice.mechanism) ? null : { bytes: secretOctet, secret: true }
  const octets = mostInitial.has(choice.mechanism) ? auth.password.length * 1.5 : 0
  const line = authLine(choice.mechanism, first !== null && goesWithAuth(auth, octets) ? first : null)
  lines.push({ ...line, shown: maskLine(line.bytes) })
}

function planTransaction(core: ClientCore, lines: Line[]): void {
  const transaction = core.options.transaction!
  if (!reaches(core, 'mail')) return
  if (!core.mailIssued) {
    const parameters = mailParameters(transaction, core.capabilities)
    lines.push(commandLine({ verb: 'MAIL', path: transaction.from, parameters }))
  }
  if (!reaches(core, 'rcpt')) return
  const end = Math.min(recipientsToSay(core), core.rcptIssued + mostRecipients)
  for (let index = core.rcptIssued; index < end; index++) {
    const parameters = rcptParameters(transaction, index, core.capabilities)
    lines.push(commandLine({ verb: 'RCPT', path: transaction.to[index]!.address, parameters }))
  }
  if (!reaches(core, 'data') || core.finalReply !== null || core.state === 'final') return
  const bdat = core.content ? core.content.encoding === 'bdat' : usesBdat(core)
  if (bdat) return
  if (!core.contentIssued) lines.push(commandLine({ verb: 'DATA' }))
  if (!reaches(core, 'body') || octetsToSend(core) === 0) return
  const nothing = new Uint8Array(0)
  if (!core.content?.last)
    lines.push({ kind: 'body', phase: 'body', bytes: nothing, shown: unmasked(nothing) })
  if (reaches(core, 'end') && !core.content?.endIssued) lines.push(endLine())
}
