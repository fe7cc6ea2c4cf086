/** Owns: what the replies to MAIL, RCPT, DATA, BDAT and the end of content mean for the transaction (RFC 5321 §3.3). */
import type { Reply } from '../types.ts'
import { classify } from './classify.ts'
import { doubtOf } from './doubt.ts'
import { afterEnd, beginContent } from './content.ts'
import type { ClientCore, Expected } from './core.ts'
import { expectReply, follow } from './sent.ts'
import { endAccepted, stopInContent } from './stop.ts'
import { positive, quote } from './words.ts'

/** Findings for refused recipients; a list of thousands would drown the rest, the replies themselves are all kept. */
const mostRecipientFindings = 20

export function onTransactionReply(core: ClientCore, reply: Reply, head: Expected): void {
  if (head.verb === 'MAIL') onMail(core, reply, head)
  else if (head.verb === 'RCPT') onRcpt(core, reply, head)
  else if (head.verb === 'DATA') onData(core, reply, head)
}

function onMail(core: ClientCore, reply: Reply, head: Expected): void {
  if (head.own) core.mailReply = reply
  if (positive(reply)) {
    if (core.commanding) core.move('mail')
    return
  }
  const message = `The server refused the sender: ${quote(reply)}`
  report(core, reply, head, message)
  if (head.own) core.fail('refused', 'server', message)
}

function onRcpt(core: ClientCore, reply: Reply, head: Expected): void {
  if (head.recipient >= 0) core.rcptReplies[head.recipient] = reply
  if (positive(reply)) {
    core.rcptAccepted++
    return
  }
  core.rcptRefused++
  // After a refused MAIL every pipelined RCPT is refused too, and says nothing about its recipient.
  if (core.ending || core.rcptRefused > mostRecipientFindings) return
  const address = core.options.transaction?.to[head.recipient]?.address
  const whom = address === undefined ? 'a recipient' : `the recipient ${address}`
  report(core, reply, head, `The server refused ${whom}: ${quote(reply)}`)
}

function onData(core: ClientCore, reply: Reply, head: Expected): void {
  const { options } = core
  if (head.own) core.dataReply = reply
  if (reply.code === 354) return goAhead(core, head)
  const unwanted = core.rcptAccepted === 0 && core.rcptRefused > 0
  const message = unwanted ? everyRecipient(core) : `The server refused DATA: ${quote(reply)}`
  if (!core.ending && !unwanted) report(core, reply, head, message)
  if (head.own && options.transaction) core.fail('refused', 'server', message)
}

function goAhead(core: ClientCore, head: Expected): void {
  const { transaction, stopAfter } = core.options
  if (!core.commanding) {
    return core.finish(core.ending ?? { how: 'failed', by: 'server', message: '354 came out of order.' })
  }
  if (head.own && stopAfter === 'data') {
    return stopInContent(core, 'data')
  }
  const unwanted = core.rcptAccepted === 0 && core.rcptRefused > 0
  // A dot would deliver an empty message: whoever ends a session behind an accepted DATA closes it.
  if (core.ending !== null && core.rcptAccepted > 0) return core.finish(core.ending)
  if (unwanted) core.fail('refused', 'server', everyRecipient(core))
  const empty = unwanted || transaction === null || core.contentIssued && !head.own || core.ending !== null // prettier-ignore
  beginContent(core, 'data', empty)
  const { spill } = core
  if (spill.length === 0) return
  core.spill = new Uint8Array(0)
  const rest = afterEnd(core.content!, spill)
  if (rest === null) return
  core.content = null
  core.move('end-of-data')
  expectReply(core, 'final', true)
  follow(core, { name: 'insert' }, rest)
}

/** One sentence for a transaction that nobody may receive. */
export function everyRecipient(core: ClientCore): string {
  const last = core.rcptReplies.findLast((reply) => reply !== null)
  return `The server refused every recipient${last ? `: ${quote(last)}` : '.'}`
}

export function onContentReply(core: ClientCore, reply: Reply, head: Expected): void {
  const final = head.verb === 'final'
  if (final && core.state === 'final') core.move('answered')
  // Only the end of data was sent (RFC 2920 §3.1), or a 354 out of order closed: whatever was taken, it is not the message.
  if (final && (core.ending?.how === 'refused' || core.ending?.how === 'failed') && positive(reply)) return
  if (final) core.finalReply = reply
  if (!positive(reply)) {
    core.content = null
    const message = `The server refused the message: ${quote(reply)}`
    if (!core.ending) report(core, reply, head, message)
    core.finalReply = reply
    return core.fail('refused', 'server', message)
  }
  if (!final) {
    if (core.commanding) core.move('chunk')
    return
  }
  core.content = null
  const message = `The server accepted the message${forWhom(core)}: ${quote(reply)}`
  core.finding('accepted', 'body', message)
  endAccepted(core, message)
}

function forWhom(core: ClientCore): string {
  const all = core.rcptReplies.length
  return all > 1 || core.rcptRefused > 0 ? ` for ${core.rcptAccepted} of ${all} recipients` : ''
}

function report(core: ClientCore, reply: Reply, head: Expected, message: string): void {
  const code = classify(head.verb, reply)
  if (code !== null) core.finding(code, head.phase, message, doubtOf(code, reply))
}
