/**
 * Owns: checking a request before anything is sent: each problem names its field, the value and what would be right.
 * The password is judged and never shown.
 */
import { readingProtocol } from '#shared/diagnosis/ports.ts'
import type { DialoguePlan, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { checkClientCertificate, isPem } from './checkCertificate.ts'
import { checkRoute } from './checkRoute.ts'
import { familyMessage, isPort, portMessage, readHost } from './host.ts'

export { isPem } from './checkCertificate.ts'

/** All problems of a plan but those of its message, which composing finds; empty when it may be started. */
export function checkPlan(plan: DialoguePlan, now = new Date()): FieldProblem[] {
  const certificate = checkClientCertificate(plan.target.clientCertificate, now)
  return [...checkTarget(plan), ...checkRoute(plan.target), ...certificate, ...checkAuth(plan)]
}

/** A value as it is shown in a problem: cut, control characters spelt out, a password in a URL masked. */
export function shownValue(value: string): string {
  const masked = withoutPassword(value)
  const cut = masked.length > 100 ? `${masked.slice(0, 100)}…` : masked
  return cut.replace(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/**
 * `user:password@host`, with or without a scheme. A password typed into a URL may hold `@`, `/` and `:` itself; alone
 * before the `@` of a URL stands a token as often as a user. Without a scheme that is a mailbox.
 */
function withoutPassword(value: string): string {
  const at = value.lastIndexOf('@')
  const scheme = /^\s{0,100}[a-z][a-z0-9+.-]{0,30}:\/\//i.exec(value)?.[0].length ?? 0
  const colon = value.indexOf(':', scheme)
  if (at < scheme) return value
  if (colon < 0 || colon > at)
    return scheme === 0 ? value : `${value.slice(0, scheme)}********${value.slice(at)}`
  return `${value.slice(0, colon)}:********${value.slice(at)}`
}

const problem = (field: string, value: string, message: string): FieldProblem => ({
  field,
  value: shownValue(value),
  message,
})

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text)
/** Also ends lines in some programs (U+0085 is a control anyway). */
const hasLineEnd = (text: string): boolean => /[\r\n\0\u2028\u2029]/.test(text)

function checkTarget({ target }: DialoguePlan): FieldProblem[] {
  const found = [...checkHost(target.host), ...checkPort(target.port)]
  const family = familyMessage(target.host, target.family)
  if (family) found.push(problem('target.family', String(target.family), family))
  if (target.ehloName !== undefined && !/^[\x21-\x7e]{1,255}$/.test(target.ehloName))
    found.push(
      problem(
        'target.ehloName',
        target.ehloName,
        'The EHLO name is a host name or an address in brackets, without spaces: client.example.com or [192.0.2.1].',
      ),
    )
  if (target.serverName !== undefined && !isName(target.serverName))
    found.push(
      problem(
        'target.serverName',
        target.serverName,
        'The name for the certificate is a host name such as smtp.example.com.',
      ),
    )
  if (target.ca !== undefined && !isPem(target.ca))
    found.push(
      problem(
        'target.ca',
        '',
        'The trusted certificate cannot be read: give certificates in PEM, beginning with -----BEGIN CERTIFICATE-----.',
      ),
    )
  return found
}

function checkHost(typed: string): FieldProblem[] {
  const read = readHost(typed)
  if (!read.ok) return [problem('target.host', typed, read.message)]
  if (read.clean) return []
  const port = read.port === undefined ? '' : ` and ${read.port} as the port`
  const message = `The host is more than a name: write ${read.host} as the host${port}.`
  return [problem('target.host', typed, message)]
}

function checkPort(port: number): FieldProblem[] {
  if (!isPort(port)) return [problem('target.port', String(port), portMessage(port))]
  const reads = readingProtocol(port)
  if (!reads) return []
  const message = `Port ${port} is ${reads}: it reads mail and does not send any. To send use 587, 465 or 2525.`
  return [problem('target.port', String(port), message)]
}

/** A name or address with nothing around it. */
function isName(typed: string): boolean {
  const read = readHost(typed)
  return read.ok && read.clean
}

/** The user is in the token, or in the certificate. */
const nameless = new Set(['external', 'oauthbearer'])
const tokens = new Set(['xoauth2', 'oauthbearer'])

function checkAuth({ auth, target }: DialoguePlan): FieldProblem[] {
  const found: FieldProblem[] = []
  if (auth.mechanism === 'none') return found
  const token = tokens.has(auth.mechanism) || (auth.mechanism === 'auto' && auth.secret === 'token')
  const wanted = (auth.mechanism !== 'auto' && !nameless.has(auth.mechanism)) || auth.password !== ''
  if (auth.user === '' && wanted && !(token && auth.mechanism !== 'xoauth2'))
    found.push(problem('auth.user', '', 'There is no user: give the user name, or choose no authentication.'))
  if (auth.mechanism === 'external' && target.clientCertificate === undefined)
    found.push(
      problem(
        'auth.mechanism',
        'external',
        'EXTERNAL shows who you are by a client certificate, and none is given: give one, or choose another mechanism.',
      ),
    )
  if (token && !/^[\x21-\x7e]+$/.test(auth.password))
    found.push(
      problem(
        'auth.password',
        auth.password === '' ? '' : '********',
        auth.password === ''
          ? 'There is no token: give the access token in place of the password.'
          : 'The token has a space, a line end or another character in it that no token has (RFC 6750 §2.1).',
      ),
    )
  else if (hasLineEnd(auth.password))
    found.push(
      problem(
        'auth.password',
        '********',
        'The password has a line end or a null character in it; perhaps it was pasted with one.',
      ),
    )
  if (hasControl(auth.user))
    found.push(problem('auth.user', auth.user, 'The user name has a control character or line end in it.'))
  return found
}
