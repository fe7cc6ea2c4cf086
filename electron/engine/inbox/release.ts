/**
 * Owns: releasing a kept message: everything that must hold is checked first, then it is a dialogue as any other, with
 * transcript, findings and result. The message is read once and goes as it is, or behind Resent fields.
 */
import { randomUUID } from 'node:crypto'
import type { StartAnswer } from '#shared/rpc/contract/dialogue.ts'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ReleasePlan } from '#shared/rpc/contract/inboxRelease.ts'
import { notFound } from '#shared/rpc/error.ts'
import { checkAddress } from '#shared/smtp/grammar/addressList.ts'
import { domainOf } from '#shared/smtp/grammar/mailbox.ts'
import { type Dialogue, type DialogueDeps, startDialogue } from '../dialogue/index.ts'
import { systemLookup } from '../dialogue/resolve.ts'
import { encodeName } from '../message/fieldText.ts'
import { problemOf } from '../message/problems.ts'
import { maxRaw } from '../message/rawMessage.ts'
import { messageSource } from '../message/source.ts'
import type { LocalServer } from '../server/types.ts'
import type { Store } from '../store/types.ts'
import type { AllowedHosts } from './allowedHosts.ts'
import { hopsOf, leadsHome, mostHops, neverHome, ownPlaces } from './loops.ts'
import { withResent } from './resent.ts'

export interface ReleaseDeps extends Omit<DialogueDeps, 'compose'> {
  store: Pick<Store, 'getMessage' | 'readMessage'>
  server: Pick<LocalServer, 'status'>
  hosts: AllowedHosts
}

export type Released = ({ ok: true } & Dialogue) | Extract<StartAnswer, { ok: false }>

/** Nothing is dialled, looked up or read before the host is known to be allowed. Throws RpcError `not-found`. */
export async function release(plan: ReleasePlan, deps: ReleaseDeps): Promise<Released> {
  const refused = await refusal(plan, deps)
  if (refused.length > 0) return { ok: false, problems: refused }
  const bytes = await wholeMessage(plan.id, deps.store)
  if ('problem' in bytes) return { ok: false, problems: [bytes.problem] }
  const { content } = bytes
  const folded = foldedProblem(plan, content)
  if (folded !== null) return { ok: false, problems: [folded] }
  const { target, auth, envelopeFrom, envelopeTo } = plan
  const message = { from: envelopeFrom, to: envelopeTo }
  const request = DialogueRequest.parse({ target, auth, message, envelopeFrom, envelopeTo })
  return startDialogue(request, {
    ...deps,
    lookup: neverHome(deps.lookup ?? systemLookup, target.port, () => ownPlaces(deps.server.status())),
    compose: async () => ({
      ok: true,
      source: messageSource(octetsFor(plan, content, deps)),
      envelope: { from: bareAddress(envelopeFrom), to: envelopeTo.map(bareAddress) },
      remarks: remarksOf(plan, content),
    }),
  })
}

const bareAddress = (typed: string): string => {
  const checked = checkAddress(typed)
  return checked.ok ? checked.address : typed.trim()
}

function octetsFor(plan: ReleasePlan, content: Uint8Array, { clock }: ReleaseDeps): Uint8Array {
  if (plan.way === 'exact') return content
  const by = checkAddress(plan.resentFrom ?? '')
  if (!by.ok) throw new Error(by.problem)
  const domain = domainOf(by.address)
  // Written anew: a comma in a name that was typed without quotes would make two mailboxes of it (RFC 5322 §3.4).
  const from = by.name === '' ? by.address : `${encodeName(by.name)} <${by.address}>`
  return withResent(content, { from, to: plan.envelopeTo.map(bareAddress), date: clock.now(), messageId: `<${randomUUID()}@${domain}>` }) // prettier-ignore
}

/** Behind a block of fields it would be read as the end of the last one (RFC 5322 §2.2.3). */
function foldedProblem({ id, way }: ReleasePlan, content: Uint8Array): FieldProblem | null {
  if (way === 'exact' || (content[0] !== 0x20 && content[0] !== 0x09)) return null
  return problemOf('way', id, 'The message begins with a folded line, which would become part of the Resent fields: release it byte for byte.') // prettier-ignore
}

function remarksOf({ id, way }: ReleasePlan, content: Uint8Array): string[] {
  const how = way === 'exact' ? 'byte for byte as it was received' : 'as it was received, behind Resent fields' // prettier-ignore
  const open = content.length > 0 && !(content.at(-2) === 0x0d && content.at(-1) === 0x0a)
  const end = 'Its last line has no CRLF; one is added before the dot that ends the data (RFC 5321 §4.1.1.4).'
  return [`Message ${id} of the Inbox is released, ${how}.`, ...(open ? [end] : [])]
}

type Read = { content: Uint8Array } | { problem: FieldProblem }

async function wholeMessage(id: string, store: ReleaseDeps['store']): Promise<Read> {
  const summary = await store.getMessage(id)
  if (summary === null || summary.outcome !== 'kept') throw notFound('Message', id)
  if (summary.size > maxRaw)
    return { problem: problemOf('id', id, `The message has ${summary.size} octets; ${maxRaw} are the most that is released.`) } // prettier-ignore
  const read = await store.readMessage(id, 0, summary.size)
  if (read === null) throw notFound('Message', id)
  const hops = hopsOf(read.bytes)
  if (hops >= mostHops)
    return { problem: problemOf('id', id, `The message has been passed on ${hops} times: it goes in a circle (RFC 5321 §6.3) and is not released.`) } // prettier-ignore
  return { content: read.bytes }
}

async function refusal(plan: ReleasePlan, deps: ReleaseDeps): Promise<FieldProblem[]> {
  const { target, agreed } = plan
  if (!(await deps.hosts.allows(target.host)))
    return [problemOf('target.host', target.host, `${target.host} is not among the allowed hosts, so nothing is sent to it. Add it there first, by its whole name.`)] // prettier-ignore
  const problems = [...envelopeProblems(plan), ...resentProblems(plan)]
  // An allowed name stands for where the system finds it, not for where a name server of the request's choice sends it.
  if (target.resolver !== undefined) problems.push(problemOf('target.resolver', target.resolver, 'A message is released to where this system finds the host: leave the name server out.')) // prettier-ignore
  if (!agreed) problems.push(problemOf('agreed', '', `The message leaves this computer for ${target.host}: agree to that first.`)) // prettier-ignore
  if (problems.length > 0) return problems
  const lookup = deps.lookup ?? systemLookup
  if (await leadsHome(target, lookup, ownPlaces(deps.server.status())))
    return [problemOf('target.host', `${target.host}:${target.port}`, `${target.host}:${target.port} is this program’s own local server: the message would come back. Name another server.`)] // prettier-ignore
  return []
}

function envelopeProblems({ envelopeFrom, envelopeTo }: ReleasePlan): FieldProblem[] {
  const found: FieldProblem[] = []
  const sender = envelopeFrom.trim() === '' ? null : checkAddress(envelopeFrom)
  if (sender?.ok === false) found.push(problemOf('envelopeFrom', envelopeFrom, sender.problem))
  if (envelopeTo.length === 0) found.push(problemOf('envelopeTo', '', 'There is no recipient: write one such as anna@example.com.')) // prettier-ignore
  envelopeTo.forEach((typed, place) => {
    const checked = checkAddress(typed)
    if (!checked.ok) found.push(problemOf(`envelopeTo[${place}]`, typed, checked.problem))
  })
  return found
}

function resentProblems({ way, resentFrom = '' }: ReleasePlan): FieldProblem[] {
  if (way === 'exact') return []
  const checked = checkAddress(resentFrom)
  if (!checked.ok) return [problemOf('resentFrom', resentFrom, checked.problem)]
  // A line break would begin a field of its own (header injection).
  return /[\p{Cc}\u2028\u2029]/u.test(resentFrom) || resentFrom.length > 900
    ? [problemOf('resentFrom', resentFrom, 'The mailbox has a control character or is too long; write one as Ann <ann@example.com>.')] // prettier-ignore
    : []
}
