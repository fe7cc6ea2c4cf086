/** Owns: a session as a script for Python 3 with smtplib, which repeats parameters and recipients one by one. */
import { asPieces } from '../pauses.ts'
import type { ExportFormat } from '../types.ts'
import { linesOf, pythonBytes, pythonString } from './quote.ts'
import { type Path, type Script, scriptSteps, type Transaction } from './script.ts'
import { signInOf } from './signIn.ts'

function* connecting({ host, port, tls, verify, serverName, ehlo }: Script): Generator<string> {
  if (tls !== 'none') {
    yield 'context = ssl.create_default_context()\n'
    if (!verify) yield 'context.check_hostname = False\ncontext.verify_mode = ssl.CERT_NONE\n'
  }
  const local = ehlo === '' ? '' : `, local_hostname=${pythonString(ehlo)}`
  const made = tls === 'implicit' ? ['SMTP_SSL', `${local}, context=context`] : ['SMTP', local]
  // smtplib checks the certificate against the name that it connected to, and has no other way to be told.
  if (serverName !== null) yield `class Client(smtplib.${made[0]}):\n    def connect(self, host="localhost", port=0, source_address=None):\n        self._host = ${pythonString(serverName)}\n        return super().connect(host, port, source_address)\n\n` // prettier-ignore
  const name = serverName === null ? `smtplib.${made[0]}` : 'Client'
  yield `client = ${name}(${pythonString(host)}, ${port}${made[1]})\n`
  yield 'client.set_debuglevel(1)\nclient.ehlo()\n'
  if (tls === 'starttls') yield 'client.starttls(context=context)\nclient.ehlo()\n'
}

function* signingIn(mechanism: string | null): Generator<string> {
  yield 'client.user, client.password = os.environ["SMTP_USER"], os.environ["SMTP_PASSWORD"]\n'
  const methods: Record<string, string> = { PLAIN: 'auth_plain', LOGIN: 'auth_login', 'CRAM-MD5': 'auth_cram_md5' }
  const method = mechanism === null ? undefined : methods[mechanism]
  if (mechanism === null || method === undefined) yield 'client.login(client.user, client.password)\n'
  else yield `client.auth(${pythonString(mechanism)}, client.${method})\n`
} // prettier-ignore

/** A size that this program said of other content would be wrong; smtplib adds none by itself here. */
const argumentsOf = ({ path, parameters }: Path, replaced: boolean): string => {
  const kept = parameters.filter((parameter) => !replaced || !/^SIZE=/i.test(parameter))
  return `${pythonString(path)}, [${kept.map(pythonString).join(', ')}]`
}

function* sending({ from, to, sent, content, replaced }: Transaction): Generator<string> {
  const paths = [from, ...to].flatMap(({ path, parameters }) => [path, ...parameters])
  if (paths.some((text) => /[^\0-\x7f]/.test(text))) yield 'client.command_encoding = "utf-8"\n'
  yield `client.mail(${argumentsOf(from, replaced)})\n`
  for (const path of to) yield `client.rcpt(${argumentsOf(path, false)})\n`
  if (!sent) return
  yield 'client.data(b"".join([\n'
  for (const line of linesOf(content)) yield `    ${pythonBytes(line)},\n`
  yield ']))\n'
}

function* source(script: Script): Generator<string> {
  const { tls, mechanism, transaction } = script
  const { mechanism: named, notes } = signInOf(script, 'smtplib')
  yield `import smtplib${tls === 'none' ? '' : ', ssl'}${mechanism === null ? '' : ', os'}\n\n`
  for (const note of [...script.notes, ...notes]) yield `# ${note}\n`
  yield* connecting(script)
  if (mechanism !== null) yield* signingIn(named)
  if (transaction !== null) yield* sending(transaction)
  yield 'client.quit()\n'
}

export const pythonFormat: ExportFormat = {
  id: 'python',
  name: 'Python script (smtplib)',
  extension: '.py',
  mime: 'text/x-python',
  leavesOut:
    'The order of commands and all but one message are left out; user and password come from SMTP_USER and SMTP_PASSWORD.',
  *write(recorded) {
    yield* source(yield* asPieces(scriptSteps(recorded)))
  },
}
