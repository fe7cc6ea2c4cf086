/** Owns: what came of a dialogue, in words with a next step. Server texts in it are bounded and free of secrets. */
import type { Finding } from '#shared/diagnosis/finding.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { FindingCode } from '#shared/smtp/machine/advice.ts'
import { classify } from '#shared/smtp/machine/client/classify.ts'
import type { ClientResult } from '#shared/smtp/machine/options.ts'
import type { Outcome, Reply } from '#shared/smtp/machine/types.ts'
import { gravest } from './diagnose.ts'
import { hideInAdvice, hideInSentence, hideText } from '../transcripts/conceal.ts'
import type { StepTimes } from './stepTimes.ts'

export interface ResultFacts {
  session: string
  outcome: Outcome
  cancelled: boolean
  findings: readonly Finding[]
  /** Absent when no connection was made. */
  result?: ClientResult | undefined
  /** Who was to get the message: told also where nobody could be asked. */
  recipients?: readonly string[]
  /** A message was to be sent. */
  sending: boolean
  /** What the journal measured. */
  times?: Pick<StepTimes, 'result' | 'sentOctets'> | undefined
  secrets: readonly string[]
}

const longest = 500

/** One reply as a line: `550 5.1.1 no such user`, at most 500 characters; dots say that more was said, in ASCII, for reports. */
export function replyText(reply: Reply): string {
  const enhanced = reply.enhanced ? `${reply.enhanced} ` : ''
  const words = `${reply.code} ${enhanced}${reply.text.join(' ')}`
  return words.length > longest ? `${words.slice(0, longest - 4).trimEnd()} ...` : words.trimEnd()
}

const good = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 200 && reply.code < 300
const bad = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 400

/** The result of a dialogue, whatever happened in it. */
export function describeResult(facts: ResultFacts): DialogueResult {
  const { session, secrets, result, findings, times } = facts
  const { outcome, message, next } = judge(facts)
  const final = result?.final ?? null
  const sent = times?.sentOctets
  return {
    session,
    outcome,
    message: hideInSentence(message, secrets),
    ...(next === undefined ? {} : { next: hideInAdvice(next, secrets) }),
    recipients: result
      ? result.recipients.map(({ address, reply }) => ({
          address,
          accepted: good(reply),
          ...(reply ? { code: reply.code } : {}),
          reply: reply ? hideText(replyText(reply), secrets) : '',
          findings: recipientCodes(result, reply),
        }))
      : (facts.recipients ?? []).map((address) => ({ address, accepted: false, reply: '', findings: [] })),
    ...(final ? { reply: hideText(replyText(final), secrets) } : {}),
    findings: findings.map((finding) => ({ ...finding, message: hideInSentence(finding.message, secrets) })),
    ...(times === undefined ? {} : { timings: times.result() }),
    ...(sent === undefined ? {} : { sentOctets: sent }),
  }
}

/** What a refusal means for its recipient. After a refused MAIL every RCPT is refused, whoever it names (RFC 2920 §3.1). */
function recipientCodes({ mail }: ClientResult, reply: Reply | null): FindingCode[] {
  const code = bad(reply) && !bad(mail) ? codeOf('RCPT', reply) : null
  return code === null ? [] : [code]
}

/** A 421 speaks of the connection (RFC 5321 §3.8). */
const codeOf = (verb: string, reply: Reply): FindingCode | null =>
  reply.code === 421 ? 'closed-421' : classify(verb, reply)

type Judgement = Pick<DialogueResult, 'outcome' | 'message'> & { next?: string | undefined }

function judge(facts: ResultFacts): Judgement {
  const { result, outcome, findings } = facts
  if (result && good(result.final)) return accepted(result, result.final, findings)
  if (facts.cancelled) return { outcome: 'stopped', message: 'Cancelled before it was done.' }
  if (result) {
    const refusal = refused(result, outcome)
    const some = result.recipients.some(({ reply }) => good(reply))
    if (result.stoppedAt !== null && (!refusal || (some && refusal.verb === 'RCPT')))
      return stopped(result, outcome)
    if (refusal) {
      const next = nextFor(refusal, findings) ?? 'Read the reply in the dialogue.'
      return { outcome: 'rejected', message: refusal.message, next }
    }
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
    outcome: refusedInside(facts) ? 'rejected' : 'failed',
    message: grave?.message ?? outcome.message,
    next: grave?.next ?? 'Read the last events of the dialogue.',
  }
}

/** The machine said where and how it stopped; what it was told of refused recipients before is worth a next step. */
function stopped({ recipients, mail }: ClientResult, { message }: Outcome): Judgement {
  const refusals = bad(mail) ? 0 : recipients.filter(({ reply }) => bad(reply)).length
  if (refusals === 0) return { outcome: 'stopped', message }
  const what = `${refusals} of ${recipients.length} recipients ${refusals === 1 ? 'was' : 'were'} refused.`
  return {
    outcome: 'stopped',
    message: `${message} ${what}`,
    next: 'Read the replies to the refused recipients.',
  }
}

function accepted(result: ClientResult, final: Reply, findings: readonly Finding[]): Judgement {
  const refusals = result.recipients.filter(({ reply }) => !good(reply)).length
  const all = result.recipients.length
  if (refusals === 0)
    return {
      outcome: 'accepted',
      message: `The server took the message: ${replyText(final)}`,
    }
  const first = result.recipients.map(({ reply }) => reply).find(bad)
  const next = first && nextFor({ verb: 'RCPT', reply: first }, findings)
  return {
    outcome: 'partly-accepted',
    message: `The server took the message for ${all - refusals} of ${all} recipients: ${replyText(final)}`,
    next: next ?? 'Read the replies to the refused recipients.',
  }
}

/** Refused inside an exchange of AUTH, in the mechanism's own words: no reply says so. */
const refusedInside = ({ outcome, result }: ResultFacts): boolean =>
  outcome.how === 'refused' && result?.auth === null && result.mechanism !== null

interface Refusal {
  verb: string
  reply: Reply
  message: string
}

/** The next step of the finding that this very refusal has; else of the gravest. */
function nextFor(
  { verb, reply }: Pick<Refusal, 'verb' | 'reply'>,
  findings: readonly Finding[],
): string | undefined {
  const code = codeOf(verb, reply)
  return (findings.find((finding) => finding.code === code) ?? gravest(findings))?.next
}

/** The refusal that decided, with its place; undefined when no reply was a refusal. */
function refused(result: ClientResult, { how }: Outcome): Refusal | undefined {
  const steps: readonly [string, string, Reply | null][] = [
    ['final', 'The server refused the message', result.final],
    ['DATA', 'The server refused DATA', result.data],
    ['MAIL', 'The server refused the sender', result.mail],
    // This end gave the exchange up: what the server answers to that is no refusal (RFC 4954 §4).
    ['AUTH', 'The server refused the authentication', how === 'failed' ? null : result.auth],
  ]
  const recipients = result.recipients.map(({ reply }) => reply).filter(bad)
  for (const [verb, what, reply] of steps) {
    if (!bad(reply)) continue
    // What was pipelined behind a refused MAIL, RCPT and DATA, is refused for that alone (RFC 2920 §3.1).
    if (reply === result.data && bad(result.mail)) continue
    // Where every recipient was refused, a refused DATA only follows from that.
    if (reply === result.data && recipients[0]) break
    return { verb, reply, message: `${what}: ${replyText(reply)}` }
  }
  const first = recipients[0]
  if (!first) return undefined
  const whom = recipients.length === 1 ? 'the recipient' : `${recipients.length} recipients`
  return { verb: 'RCPT', reply: first, message: `The server refused ${whom}: ${replyText(first)}` }
}
