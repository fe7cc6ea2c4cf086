/** Owns: a session as a script for Node.js with nodemailer. */
import { asPieces } from '../pauses.ts'
import type { ExportFormat } from '../types.ts'
import { jsString, linesOf } from './quote.ts'
import { type Script, scriptSteps } from './script.ts'
import { signInOf } from './signIn.ts'

function options(script: Script): string[] {
  const { host, port, tls, verify, serverName, ehlo, mechanism } = script
  const list = [`host: ${jsString(host)}`, `port: ${port}`, `secure: ${tls === 'implicit'}`]
  if (tls === 'starttls') list.push('requireTLS: true')
  if (tls === 'none') list.push('ignoreTLS: true')
  if (ehlo !== '') list.push(`name: ${jsString(ehlo)}`)
  const checks = [
    ...(verify ? [] : ['rejectUnauthorized: false']),
    ...(serverName === null ? [] : [`servername: ${jsString(serverName)}`]),
  ]
  if (tls !== 'none' && checks.length > 0) list.push(`tls: { ${checks.join(', ')} }`)
  const named = signInOf(script, 'nodemailer').mechanism
  if (named !== null) list.push(`authMethod: ${jsString(named)}`)
  if (mechanism !== null) list.push('auth: { user: process.env.SMTP_USER, pass: process.env.SMTP_PASSWORD }')
  return list
}

function* source(script: Script): Generator<string> {
  const { transaction } = script
  const notes = [...script.notes, ...signInOf(script, 'nodemailer').notes]
  yield "import { createTransport } from 'nodemailer'\n\n"
  for (const note of notes) yield `// ${note}\n`
  yield `const transport = createTransport({\n${options(script).map((line) => `  ${line},\n`).join('')}})\n` // prettier-ignore
  if (transaction?.sent !== true) {
    if (transaction !== null) yield '// nodemailer cannot stop between MAIL and the message.\n'
    yield 'console.log(await transport.verify())\ntransport.close()\n'
    return
  }
  yield 'const content = [\n'
  for (const line of linesOf(transaction.content)) yield `  ${jsString(line)},\n`
  yield "].join('')\n"
  const to = transaction.to.map(({ path }) => jsString(path)).join(', ')
  yield `const envelope = { from: ${jsString(transaction.from.path)}, to: [${to}] }\n`
  yield "const sent = await transport.sendMail({ envelope, raw: Buffer.from(content, 'latin1') })\n"
  yield 'console.log(sent.response)\ntransport.close()\n'
}

export const nodemailerFormat: ExportFormat = {
  id: 'nodemailer',
  name: 'nodemailer script',
  extension: '.mjs',
  mime: 'text/javascript',
  leavesOut:
    'Parameters of MAIL and RCPT, the order of commands and all but one message are left out; user and password come from SMTP_USER and SMTP_PASSWORD.',
  *write(recorded) {
    yield* source(yield* asPieces(scriptSteps(recorded)))
  },
}
