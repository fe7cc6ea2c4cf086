/** Owns: MAIL and RCPT (RFC 5321 §3.3): sequence, limits and parameters here; whether to accept is asked outside. */
import { isAscii } from '../../../bytes/bytes.ts'
import { readMailParameters, readRcptParameters } from '../../grammar/parameters.ts'
import { sentence } from '../../grammar/problem.ts'
import type { ServerTransaction } from '../options.ts'
import type { Answer, Parameter } from '../types.ts'
import { ended, type ServerCore } from './core.ts'
import type { Word } from './words.ts'

export function onMail(core: ServerCore, path: string, parameters: Parameter[]): void {
  const made: ServerTransaction = {
    from: path,
    fromParameters: parameters,
    to: [],
    size: 0,
    body: '7BIT',
    utf8: false,
  }
  core.newTransaction = made
  const refusal = mailRefusal(core)
  if (refusal !== null) return core.say(refusal, 'mail', 'mail')
  if (core.transactions >= core.limits.transactions) {
    core.outcome ??= ended('refused', 'server', 'The client sent too many messages in one session.')
    return core.say('transactions', 'mail', 'close')
  }
  if (parameters.length > 0 && core.hello?.verb === 'HELO') return core.say('extended', 'mail', 'mail')
  const read = readMailParameters(parameters, core.parameters.mail)
  if (!read.ok) {
    const { code, enhanced } = read.problem
    return core.sayReply({ code, enhanced, text: [sentence(read.problem)] }, 'mail', 'mail')
  }
  const { size = 0, body = '7BIT', smtputf8 } = read.value
  made.body = body
  made.utf8 = smtputf8
  if (core.limits.messageSize > 0 && size > core.limits.messageSize) return core.say('tooBig', 'mail', 'mail')
  if (body === 'BINARYMIME' && !core.options.extensions.includes('BINARYMIME'))
    return core.say('binary', 'mail', 'mail')
  if (!smtputf8 && !isAscii(path)) return core.say('international', 'mail', 'mail')
  core.ask({ kind: 'mail', path, parameters, user: core.user ?? undefined })
}

function mailRefusal(core: ServerCore): Word | null {
  if (core.options.tls === 'required' && !core.secured) return 'needsTls'
  if (core.hello === null) return 'helloFirst'
  if (core.transaction !== null) return 'nested'
  if (core.options.auth.policy === 'required' && core.user === null) return 'needsAuth'
  return null
}

export function onRcpt(core: ServerCore, path: string, parameters: Parameter[]): void {
  const { transaction } = core
  if (transaction === null) return core.say(core.hello === null ? 'helloFirst' : 'noMail', 'rcpt')
  if (core.state === 'chunks') return core.say('bdatOnly', 'rcpt')
  core.newRecipient = { address: path, parameters }
  if (transaction.to.length >= core.limits.recipients) return core.say('recipients', 'rcpt', 'rcpt')
  if (parameters.length > 0 && core.hello?.verb === 'HELO') return core.say('extended', 'rcpt', 'rcpt')
  const read = readRcptParameters(parameters, core.parameters.rcpt)
  if (!read.ok) {
    const { code, enhanced } = read.problem
    return core.sayReply({ code, enhanced, text: [sentence(read.problem)] }, 'rcpt', 'rcpt')
  }
  if (!transaction.utf8 && !isAscii(path)) return core.say('international', 'rcpt', 'rcpt')
  core.ask({ kind: 'rcpt', path, parameters, user: core.user ?? undefined })
}

export function onMailAnswer(core: ServerCore, answer: Answer): void {
  if (answer.reply) return core.sayReply(answer.reply, 'mail', 'mail')
  core.say('sender', 'mail', 'mail')
}

export function onRcptAnswer(core: ServerCore, answer: Answer): void {
  if (answer.reply) return core.sayReply(answer.reply, 'rcpt', 'rcpt')
  core.say('recipient', 'rcpt', 'rcpt')
}
