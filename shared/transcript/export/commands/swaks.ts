/** Owns: a session as a swaks command. */
import type { ExportFormat } from '../types.ts'
import { shellWord } from './quote.ts'
import { type Script, scriptOf } from './script.ts'
import { dotStuffed, ended, piped } from './shell.ts'

const ways = { none: [], starttls: ['--tls'], implicit: ['--tls-on-connect'] } as const

function words(script: Script): string[] {
  const { host, port, tls, verify, serverName, ehlo, mechanism } = script
  // The environment keeps the password out of the list of processes.
  const list = [mechanism === null ? 'swaks' : 'SWAKS_OPT_auth_password="$SMTP_PASSWORD" swaks']
  list.push(`--server ${shellWord(host)}`, `--port ${port}`, ...ways[tls])
  if (tls !== 'none' && verify) list.push('--tls-verify')
  if (serverName !== null) list.push(`--tls-sni ${shellWord(serverName)}`)
  if (ehlo !== '') list.push(`--helo ${shellWord(ehlo)}`)
  if (mechanism !== null) list.push(`--auth ${shellWord(mechanism)}`, '--auth-user "$SMTP_USER"')
  return [...list, ...envelope(script)]
}

function envelope({ transaction, mechanism, tls }: Script): string[] {
  const early = mechanism === null ? (tls === 'none' ? 'EHLO' : 'TLS') : 'AUTH'
  if (transaction === null) return [`--quit-after ${early}`]
  const from = transaction.from.path === '' ? '<>' : transaction.from.path
  const list = [`--from ${shellWord(from)}`]
  if (transaction.to.length > 0)
    list.push(`--to ${shellWord(transaction.to.map(({ path }) => path).join(','))}`)
  if (transaction.sent) return [...list, '--data -', '--no-data-fixup']
  return [...list, `--quit-after ${transaction.to.length > 0 ? 'RCPT' : 'MAIL'}`]
}

export const swaksFormat: ExportFormat = {
  id: 'swaks',
  name: 'swaks command',
  extension: '.sh',
  mime: 'text/x-shellscript',
  leavesOut:
    'Parameters of MAIL and RCPT, the order of commands and all but one message are left out; user and password come from SMTP_USER and SMTP_PASSWORD.',
  *write(recorded) {
    const script = scriptOf(recorded)
    const { transaction } = script
    // In raw mode swaks sends the content as it stands and adds the last line end only.
    const octets = transaction?.sent === true ? `${dotStuffed(ended(transaction.content))}.` : null
    yield piped(script, octets, words(script))
  },
}
