/** Owns: a session as a curl command. */
import { asPieces } from '../pauses.ts'
import type { ExportFormat } from '../types.ts'
import { curlRequest } from './curlHttp.ts'
import { shellWord } from './quote.ts'
import { type Script, scriptSteps } from './script.ts'
import { piped } from './shell.ts'
import { signInOf } from './signIn.ts'

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

function words(script: Script): string[] {
  const { host, port, tls, verify, serverName, ehlo, mechanism } = script
  const scheme = tls === 'implicit' ? 'smtps' : 'smtp'
  const path = ehlo === '' ? '' : `/${encodeURIComponent(ehlo.toWellFormed())}`
  const list = ['curl --verbose --globoff']
  list.push(`--url ${shellWord(`${scheme}://${bracketed(serverName ?? host)}:${port}${path}`)}`)
  if (serverName !== null) {
    const route = `${bracketed(serverName)}:${port}:${bracketed(host)}:${port}`
    list.push(`--connect-to ${shellWord(route)}`)
  }
  if (tls === 'starttls') list.push('--ssl-reqd')
  if (tls !== 'none' && !verify) list.push('--insecure')
  if (mechanism !== null) list.push('--user "$SMTP_USER:$SMTP_PASSWORD"')
  const named = signInOf(script, 'curl').mechanism
  if (named !== null) list.push(`--login-options ${shellWord(`AUTH=${named}`)}`)
  return [...list, ...envelope(script)]
}

function envelope({ transaction }: Script): string[] {
  if (transaction?.sent !== true) return ['--request NOOP']
  const { from, to } = transaction
  const recipients = to.map(({ path }) => `--mail-rcpt ${shellWord(path)}`)
  if (to.length > 1) recipients.push('--mail-rcpt-allowfails')
  return [`--mail-from ${shellWord(from.path)}`, ...recipients, '--upload-file -']
}

export const curlFormat: ExportFormat = {
  id: 'curl',
  name: 'curl command',
  extension: '.sh',
  mime: 'text/x-shellscript',
  leavesOut:
    'Parameters of MAIL and RCPT, the order of commands and all but one message or request are left out; user and password come from SMTP_USER and SMTP_PASSWORD, the key of an HTTP API from API_KEY.',
  *write(recorded) {
    const script = yield* asPieces(scriptSteps(recorded))
    if (recorded.head.protocol === 'http') {
      yield curlRequest(script, recorded.events)
      return
    }
    const { transaction } = script
    const stopped = transaction !== null && !transaction.sent
    const { notes } = signInOf(script, 'curl')
    if (stopped) notes.push('curl cannot stop between MAIL and the message; it says NOOP instead.')
    yield piped(script, transaction?.sent === true ? transaction.content : null, words(script), notes)
  },
}
