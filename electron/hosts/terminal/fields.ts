/** Owns: telling what is wrong with a request in the words of the command line: options instead of fields. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'

/** Field of a request, without its indexes -> what a person typed for it. */
const options: Record<string, string> = {
  'target.host': '--host',
  'target.port': '--port',
  'target.ca': '--ca',
  'target.ehloName': '--ehlo',
  'target.serverName': '--server-name',
  'auth.user': '--user',
  'auth.password': 'password',
  'message.from': '--from',
  'message.to': '--to',
  'message.subject': '--subject',
  'message.text': '--text',
  'message.raw': '--eml',
  host: '<host>',
  ca: '--ca',
  ports: '--ports',
  'ports.port': '--ports',
  family: '--family',
  resolver: '--resolver',
  controls: '--control',
  'users.user': '--auth',
  'users.password': '--auth',
  users: '--auth',
  listeners: '--listen',
}

/** `--to` for `message.to[1]`; the field itself where no option sets it. */
export const optionOf = (field: string): string => options[field.replace(/\[\d+\]/g, '')] ?? field

/** As `--to "nobody": address "nobody": missing @; write local@domain.` The value stands once. */
export function problemText({ field, value, message }: FieldProblem): string {
  const given = value === '' || message.includes(value) ? '' : ` "${value}"`
  return `${optionOf(field)}${given}: ${message}`
}
