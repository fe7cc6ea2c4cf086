/**
 * Owns: `{{name}}` in the fields of a message. Values are put in once and never read again, so a value cannot name
 * another; what is not known is refused by name. The result is checked like typed text, line breaks in headers included.
 */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Message } from '#shared/rpc/contract/message.ts'
import { problemOf } from './problems.ts'

export { usesBuiltIn } from '#shared/rpc/contract/variables.ts'

export interface TemplateContext {
  /** Number of the message in its run, from 1. */
  n: number
  date: Date
  /** Differs in each message. */
  uuid: string
}

const maxVariables = 200
/** Characters that a field may grow to: a short template with a long value would fill the memory. */
const maxExpanded = 64 << 20
const validName = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/u
/** A backslash before the braces keeps them. */
const place = /\\\{\{|\{\{([^{}\r\n]{0,100})\}\}/gu

type Values = ReadonlyMap<string, string>

/** The message with its variables put in; unchanged when it has none. Problems are added to `problems`. */
export function expandMessage(message: Message, context: TemplateContext, problems: FieldProblem[]): Message {
  const { variables } = message
  if (variables === undefined) return message
  problems.push(...checkNames(variables))
  const values = new Map<string, string>([
    ['n', String(context.n)],
    ['date', context.date.toISOString()],
    ['uuid', context.uuid],
    ...Object.entries(variables),
  ])
  const put = (field: string, text: string, known: Values = all): string =>
    expand(field, text, known, problems)
  const list = (field: 'to' | 'cc' | 'bcc' | 'replyTo', known?: Values): string[] =>
    message[field].map((entry, i) => put(`message.${field}[${i}]`, entry, known))
  // The recipients cannot name themselves.
  const to = list('to', values)
  const all: Values = new Map([...values, ['to', values.get('to') ?? to.join(', ')]])
  const escaped: Values = new Map([...all].map(([name, value]) => [name, escapeHtml(value)]))
  return {
    ...message,
    from: put('message.from', message.from),
    to,
    cc: list('cc'),
    bcc: list('bcc'),
    replyTo: list('replyTo'),
    subject: put('message.subject', message.subject),
    text: put('message.text', message.text),
    ...(message.html === undefined ? {} : { html: put('message.html', message.html, escaped) }),
    headers: message.headers.map(({ name, value }, i) => ({
      name,
      value: put(`message.headers[${i}].value`, value),
    })),
  }
}

function checkNames(variables: Record<string, string>): FieldProblem[] {
  const names = Object.keys(variables)
  if (names.length > maxVariables)
    return [
      problemOf('message.variables', String(names.length), `are too many; ${maxVariables} are the most.`),
    ]
  return names
    .filter((name) => !validName.test(name))
    .map((name) =>
      problemOf(
        'message.variables',
        name,
        'is not a name; use letters, digits, dots, hyphens and underscores, a letter first.',
      ),
    )
}

function expand(field: string, text: string, values: Values, problems: FieldProblem[]): string {
  const unknown = new Set<string>()
  let size = text.length
  const result = text.replace(place, (whole: string, inner: string | undefined) => {
    if (inner === undefined) return '{{'
    const value = values.get(inner.trim())
    if (value === undefined) unknown.add(inner.trim())
    else size += value.length
    return value === undefined || size > maxExpanded ? whole : value
  })
  for (const name of [...unknown].slice(0, 5))
    problems.push(problemOf(field, `{{${name}}}`, unknownWords(values)))
  if (size <= maxExpanded) return result
  problems.push(
    problemOf(field, '', `grows beyond ${maxExpanded >> 20} MiB with its variables; shorten them.`),
  )
  return ''
}

function unknownWords(values: Values): string {
  const known = [...values.keys()].slice(0, 20).map((name) => `{{${name}}}`)
  return `is not a known variable; known here: ${known.join(', ')}. Write \\{{ for two braces.`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (value: string): string => value.replace(/[&<>"']/gu, (c) => entities[c]!)
