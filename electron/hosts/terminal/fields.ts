/** Owns: telling what is wrong with a request in the words of the command line: options instead of fields. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'

/** Field of a request, without its indexes -> what a person typed for it. */
const options: Record<string, string> = {
  'target.host': '--host',
  'target.port': '--port',
  'target.ca': '--ca',
  'target.ehloName': '--ehlo',
  'target.serverName': '--server-name',
  'target.source': '--source',
  'target.resolver': '--resolver',
  'target.family': '--family',
  'target.clientCertificate.cert': '--client-cert',
  'target.clientCertificate.key': '--client-key',
  'target.clientCertificate.passphrase': '--client-key-passphrase-env',
  'auth.user': '--user',
  'auth.password': 'password',
  'auth.mechanism': '--auth',
  'dsn.notify': '--dsn-notify',
  'dsn.envid': '--dsn-envid',
  'dsn.orcpt': '--dsn-orcpt',
  'stopAt.recipient': '--stop-after',
  'stopAt.octets': '--stop-after',
  'stopAt.beforeDot': '--stop-after',
  stopHow: '--stop-how',
  'message.from': '--from',
  'message.to': '--to',
  'message.subject': '--subject',
  'message.text': '--text',
  'message.raw': '--eml',
  'message.cc': '--cc',
  'message.bcc': '--bcc',
  'message.replyTo': '--reply-to',
  'message.html': '--html',
  'message.attachments': '--attach',
  'message.attachments.name': '--attach',
  'message.attachments.type': '--attach',
  'message.attachments.inline': '--inline',
  'message.headers': '--header',
  'message.headers.name': '--header',
  'message.headers.value': '--header',
  'message.charset': '--charset',
  'message.encoding': '--encoding',
  'message.date': '--date',
  'message.messageId': '--message-id',
  'message.variables': '--var',
  'message.dkim': '--dkim-domain',
  'message.dkim.domain': '--dkim-domain',
  'message.dkim.selector': '--dkim-selector',
  'message.dkim.privateKey': '--dkim-key-file',
  confirmedHost: '--confirm-host',
  envelopeFrom: '--envelope-from',
  envelopeTo: '--envelope-to',
  host: '<host>',
  ca: '--ca',
  ports: '--ports',
  'ports.port': '--ports',
  family: '--family',
  resolver: '--resolver',
  controls: '--control',
  'relayTrial.to': '--relay-trial',
  'relayTrial.from': '--relay-trial-from',
  'users.user': '--auth',
  'users.password': '--auth',
  users: '--auth',
  listeners: '--listen',
}

/** `--to` for `message.to[1]`; the field itself where no option sets it. */
export const optionOf = (field: string): string => options[field.replace(/\[\d+\]|^request\./g, '')] ?? field

/** As `--to "nobody": address "nobody": missing @; write local@domain.` The value stands once. */
export function problemText({ field, value, message }: FieldProblem): string {
  const given = value === '' || message.includes(value) ? '' : ` "${value}"`
  return `${optionOf(field)}${given}: ${message}`
}
