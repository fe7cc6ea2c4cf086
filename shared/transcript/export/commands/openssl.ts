/**
 * Owns: a session as openssl s_client with every line that the client typed after the handshake. A second passes before
 * each, because a server may refuse who speaks out of turn; nothing reads the replies.
 */
import { isIpv4, isIpv6 } from '../../../smtp/grammar/literal.ts'
import type { EventOf, TranscriptEvent } from '../../event.ts'
import { asPieces } from '../pauses.ts'
import type { ExportFormat, Recorded } from '../types.ts'
import { printfFormat, printfLines, shellWord } from './quote.ts'
import { isWhole, type Script, scriptSteps } from './script.ts'
import { hidesPassword } from './signIn.ts'
import { dotStuffed, ended, piped } from './shell.ts'

const base64 = (format: string, values: string): string =>
  `"$(printf '${format}' ${values} | openssl base64 -A)"`
const user = '"$SMTP_USER"'
const password = '"$SMTP_PASSWORD"'

/** Nothing here could answer a challenge, and PLAIN in its place would show a password that the session had not shown. */
const leftOut = ({ mechanism, tls, verify }: Script): boolean =>
  mechanism !== null && hidesPassword(mechanism) && (tls === 'none' || !verify)

/** LOGIN as it is; everything else as PLAIN. */
function authLines(mechanism: string): string[] {
  if (mechanism !== 'LOGIN')
    return [`printf 'AUTH PLAIN %s\\r\\n' ${base64('\\000%s\\000%s', `${user} ${password}`)}`]
  return [
    "printf 'AUTH LOGIN\\r\\n'",
    `printf '%s\\r\\n' ${base64('%s', user)}`,
    `printf '%s\\r\\n' ${base64('%s', password)}`,
  ]
}

function chunkLines(chunk: EventOf<'chunk'>, stuffed: string | null): string[] {
  if (chunk.encoding === 'data') return stuffed === null ? [] : printfLines(stuffed)
  if (chunk.raw !== undefined && isWhole(chunk)) return printfLines(chunk.raw)
  // The announced octets must come, whatever they are (RFC 3030 §2).
  return chunk.size === 0 ? [] : [`head -c ${chunk.size} /dev/zero | tr '\\000' x`]
}

const placeholder = 'Subject: Content left out\r\n\r\nThe content is not in the transcript.\r\n'

const contentOf = (chunks: readonly EventOf<'chunk'>[]): string =>
  chunks.every(isWhole) ? chunks.map(({ raw }) => raw ?? '').join('') : placeholder

/** Commands that type what the client typed. STARTTLS and what came before it are s_client's own. */
function* typed(events: readonly TranscriptEvent[], from: number, script: Script): Generator<string[]> {
  const { mechanism } = script
  let data: EventOf<'chunk'>[] = []
  let over = false
  for (const event of events.slice(from)) {
    if (event.kind === 'chunk') {
      if (event.encoding === 'data') data.push(event)
      const whole = event.encoding === 'data' && event.last ? `${dotStuffed(ended(contentOf(data)))}.\r\n` : null
      if (event.last) data = []
      const lines = chunkLines(event, whole)
      if (lines.length > 0) yield lines
      over = whole !== null
    } else if (over && event.kind === 'line' && event.raw === '.\r\n') {
      // It stands behind the content already; said twice, the second is a command that no server knows.
      over = false
    } else if (event.kind === 'line' && event.direction === 'to-server' && event.cutFrom === undefined) {
      const signsIn = mechanism !== null && /^AUTH /i.test(event.raw)
      if (signsIn && leftOut(script)) continue
      if (signsIn) for (const line of authLines(mechanism)) yield [line]
      else if ((event.masked?.length ?? 0) === 0) yield [`printf ${printfFormat(event.raw)}`]
    }
  }
} // prettier-ignore

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

function command({ host, port, tls, verify, serverName, ehlo }: Script): string {
  if (tls === 'none') return `nc ${shellWord(host)} ${port}`
  const name = serverName ?? host
  // A name that is an address is no host name, neither in SNI (RFC 6066 §3) nor in a certificate.
  const isAddress = isIpv4(name) || isIpv6(name)
  const options = [
    `-connect ${shellWord(`${bracketed(host)}:${port}`)}`,
    isAddress ? '-noservername' : `-servername ${shellWord(name)}`,
    ...(tls === 'starttls' ? ['-starttls smtp', ...(ehlo === '' ? [] : [`-name ${shellWord(ehlo)}`])] : []),
    ...(verify
      ? [`-verify_return_error ${isAddress ? '-verify_ip' : '-verify_hostname'} ${shellWord(name)}`]
      : []),
    // Also keeps it from taking a line that begins with Q or R for a command of its own.
    '-quiet',
  ]
  return ['openssl s_client', ...options].join(' \\\n  ')
}

function* pieces(recorded: Recorded): Generator<string> {
  const script = yield* asPieces(scriptSteps(recorded))
  const { events } = recorded
  const handshake = events.findIndex((event) => event.kind === 'tls')
  const notes = ['A second passes before each line, because the replies are not read.']
  if (script.tls === 'none') notes.push('The session had no TLS, so nc takes the place of openssl.')
  if (leftOut(script))
    notes.push(
      `Signing in by ${script.mechanism} is left out: nothing here answers a challenge, and PLAIN would show the password${script.tls === 'none' ? '' : ' to a server that is not checked'}.`,
    )
  else if (script.mechanism !== null && !['PLAIN', 'LOGIN'].includes(script.mechanism))
    notes.push('AUTH PLAIN takes the place of a mechanism that answers challenges.')
  // With -quiet it stays until the server hangs up, so that somebody has to say QUIT.
  const last = events.findLast((event) => event.kind === 'line')
  const leaving = last?.kind === 'line' && /^QUIT\b/i.test(last.raw) ? [] : ['sleep 1', "printf 'QUIT\\r\\n'"]
  const lines: string[] = []
  for (const group of typed(events, handshake + 1, script)) {
    lines.push('sleep 1', ...group)
    yield ''
  }
  const body = ['{', ...lines, ...leaving, 'sleep 1', `} | ${command(script)}`].join('\n')
  yield piped(leftOut(script) ? { ...script, mechanism: null } : script, null, [body], notes)
}

export const opensslFormat: ExportFormat = {
  id: 'openssl',
  name: 'openssl s_client, with the lines to type',
  extension: '.sh',
  mime: 'text/x-shellscript',
  leavesOut:
    'Replies are not waited for, and lines of which only a part was kept are left out; user and password come from SMTP_USER and SMTP_PASSWORD.',
  write: pieces,
}
