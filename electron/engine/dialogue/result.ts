/** Owns: what came of a dialogue, in words with a next step. Server texts in it are bounded and free of secrets. */
import type { Finding } from '#shared/diagnosis/finding.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Outcome, Reply } from '#shared/smtp/machine/types.ts'
import { gravest } from './diagnose.ts'
import { hide } from './secrets.ts'

export interface ResultFacts {
  session: string
  outcome: Outcome
  cancelled: boolean
  findings: readonly Finding[]
  /** Absent when no connection was made. */
  result?: ClientResult | undefined
  /** A message was to be sent. */
  sending: boolean
  secrets: readonly string[]
}

/** One reply as a line: `550 5.1.1 no such user`, at most 500 characters. */
export function replyText(reply: Reply): string {
  const enhanced = reply.enhanced ? `${reply.enhanced} ` : ''
  return `${reply.code} ${enhanced}${reply.text.join(' ')}`.slice(0, 500).trimEnd()
}

const good = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 200 && reply.code < 300
const bad = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 400

/** The result of a dialogue, whatever happened in it. */
export function describeResult(facts: ResultFacts): DialogueResult {
  const { session, secrets, result } = facts
  const { outcome, message, next } = judge(facts)
  const final = result?.final ?? null
  return {
    session,
    outcome,
    message: hide(message, secrets),
    ...(next === undefined ? {} : { next: hide(next, secrets) }),
    recipients: (result?.recipients ?? []).map(({ address, reply }) => ({
      address,
      accepted: good(reply),
      ...(reply ? { code: reply.code } : {}),
      reply: reply ? hide(replyText(reply), secrets) : '',
    })),
    ...(final ? { reply: hide(replyText(final), secrets) } : {}),
  }
}

type Judgement = Pick<DialogueResult, 'outcome' | 'message'> & { next?: string | undefined }

function judge(facts: ResultFacts): Judgement {
  const { result, outcome, findings } = facts
  if (result && good(result.final)) return accepted(result, result.final, findings)
  if (facts.cancelled) return { outcome: 'stopped', message: 'Cancelled before it was done.' }
  if (result) {
    const refusal = refused(result)
    if (refusal) {
      const grave = gravest(findings)
      return { outcome: 'rejected', message: refusal, next: grave?.next ?? 'Read the reply in the dialogue.' }
    }
    if (result.stoppedAt !== null)
      return { outcome: 'stopped', message: `Stopped after ${stopNames[result.stoppedAt]}, as asked.` }
  }
  if (outcome.how === 'dropped' && outcome.by === 'person')
    return { outcome: 'stopped', message: outcome.message }
  if (outcome.how === 'completed') {
    const message = facts.sending
      ? 'The dialogue ended with QUIT before the message was sent.'
      : 'The dialogue ran to its end; there was no message to send.'
    return { outcome: 'stopped', message }
  }
  const grave = gravest(findings)
  return {
    outcome: 'failed',
    message: grave?.message ?? outcome.message,
    next: grave?.next ?? 'Read the last events of the dialogue.',
  }
}

const stopNames = {
  connect: 'the greeting',
  ehlo: 'EHLO',
  tls: 'TLS',
  auth: 'authentication',
  mail: 'MAIL FROM',
  rcpt: 'RCPT TO',
  data: 'DATA',
  body: 'the message content',
  end: 'the end',
} as const

function accepted(result: ClientResult, final: Reply, findings: readonly Finding[]): Judgement {
  const refusals = result.recipients.filter(({ reply }) => !good(reply)).length
  const all = result.recipients.length
  if (refusals === 0)
    return {
      outcome: 'accepted',
      message: `The server took the message: ${replyText(final)}`,
    }
  return {
    outcome: 'partly-accepted',
    message: `The server took the message for ${all - refusals} of ${all} recipients: ${replyText(final)}`,
    next: gravest(findings)?.next ?? 'Read the replies to the refused recipients.',
  }
}

/** The refusal that decided, with its place; undefined when no reply was a refusal. */
function refused(result: ClientResult): string | undefined {
  const steps: readonly [string, Reply | null][] = [
    ['The server refused the message', result.final],
    ['The server refused DATA', result.data],
    ['The server refused the sender', result.mail],
    ['The server refused the authentication', result.auth],
  ]
  const recipients = result.recipients.map(({ reply }) => reply).filter(bad)
  for (const [what, reply] of steps) {
    if (!bad(reply)) continue
    // Where every recipient was refused, a refused DATA only follows from that.
    if (reply === result.data && recipients[0]) break
    return `${what}: ${replyText(reply)}`
  }
  const first = recipients[0]
  if (!first) return undefined
  const whom = recipients.length === 1 ? 'the recipient' : `${recipients.length} recipients`
  return `The server refused ${whom}: ${replyText(first)}`
}
