/** Owns: a session as a swaks command. */
import { asPieces } from '../pauses.ts'
import type { ExportFormat } from '../types.ts'
import { shellWord } from './quote.ts'
import { type Script, scriptSteps } from './script.ts'
import { dotStuffed, ended, piped } from './shell.ts'
import { signInOf } from './signIn.ts'

/**
 * Every value of an option of swaks may be missing, so that one which begins with a hyphen is taken for an option: whoever
 * greets with `--output=FILE` would have a file written. An equals sign before it does not help, as swaks takes it away.
 */
const isOption = (value: string): boolean => value.startsWith('-')
/** swaks cuts the list of recipients at commas, and asks for what is empty. */
const isTaken = (path: string): boolean => path === '' || isOption(path) || path.includes(',')
const left = (what: string): string =>
  `The ${what} is left out: swaks would take it for an option, for several, or for none.`

function notesOf(script: Script): string[] {
  const { ehlo, transaction } = script
  return [
    ...signInOf(script, 'swaks').notes,
    ...(isOption(ehlo) ? [left('name of the client')] : []),
    ...(isOption(transaction?.from.path ?? '') ? [left('sender')] : []),
    ...(transaction?.to.some(({ path }) => isTaken(path)) === true ? [left('one recipient or more')] : []),
  ]
}

const ways = { none: [], starttls: ['--tls'], implicit: ['--tls-on-connect'] } as const

function words(script: Script): string[] {
  const { host, port, tls, verify, serverName, ehlo, mechanism } = script
  // The environment keeps the password out of the list of processes.
  const list = [mechanism === null ? 'swaks' : 'SWAKS_OPT_auth_password="$SMTP_PASSWORD" swaks']
  list.push(`--server ${shellWord(host)}`, `--port ${port}`, ...ways[tls])
  if (tls !== 'none' && verify) list.push('--tls-verify')
  if (serverName !== null) list.push(`--tls-sni ${shellWord(serverName)}`)
  if (ehlo !== '' && !isOption(ehlo)) list.push(`--helo ${shellWord(ehlo)}`)
  const named = signInOf(script, 'swaks').mechanism
  if (mechanism !== null)
    list.push(named === null ? '--auth' : `--auth ${shellWord(named)}`, '--auth-user "$SMTP_USER"')
  return [...list, ...envelope(script)]
}

function envelope({ transaction, mechanism, tls }: Script): string[] {
  const early = mechanism === null ? (tls === 'none' ? 'EHLO' : 'TLS') : 'AUTH'
  if (transaction === null) return [`--quit-after ${early}`]
  const { path } = transaction.from
  const from = path === '' || isOption(path) ? '<>' : path
  const to = transaction.to.map((recipient) => recipient.path).filter((recipient) => !isTaken(recipient))
  const list = [`--from ${shellWord(from)}`]
  if (to.length > 0) list.push(`--to ${shellWord(to.join(','))}`)
  if (transaction.sent && to.length > 0) return [...list, '--data -', '--no-data-fixup']
  return [...list, `--quit-after ${to.length > 0 ? 'RCPT' : 'MAIL'}`]
}

export const swaksFormat: ExportFormat = {
  id: 'swaks',
  name: 'swaks command',
  extension: '.sh',
  mime: 'text/x-shellscript',
  leavesOut:
    'Parameters of MAIL and RCPT, the order of commands and all but one message are left out; user and password come from SMTP_USER and SMTP_PASSWORD.',
  *write(recorded) {
    const script = yield* asPieces(scriptSteps(recorded))
    const { transaction } = script
    const sends = transaction?.sent === true && transaction.to.some(({ path }) => !isTaken(path))
    // In raw mode swaks sends the content as it stands and adds the last line end only.
    const octets = sends ? `${dotStuffed(ended(transaction.content))}.` : null
    yield piped(script, octets, words(script), notesOf(script))
  },
}
