/** Owns: the places of the Send form where a problem can be shown: their order, where each lies, and what the engine calls it. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'

/** In the order of the form: focus goes to the first that is wrong. */
export const formFields = [
  'host', 'port', 'tls', 'apiUrl',
  'mechanism', 'user', 'password', 'apiDomain', 'apiKey',
  'from', 'to', 'cc', 'bcc', 'replyTo', 'envelopeFrom', 'envelopeTo', 'subject',
  'text', 'html', 'attachments', 'raw', 'dsn', 'headers',
  'ca', 'clientCertificate', 'ehloName', 'source', 'family', 'resolver', 'seconds',
  'charset', 'date', 'messageId', 'variables', 'dkim', 'envid', 'size',
  'stop',
] as const // prettier-ignore
export type FormField = (typeof formFields)[number]

export type FormProblems = Partial<Record<FormField | 'form', string>>

export const tabs = ['text', 'html', 'attachments', 'raw'] as const
export type Tab = (typeof tabs)[number]
/** What lies over the form, one at a time. */
export type Sheet = 'connection' | 'message' | 'stop'

const connection: readonly FormField[] = [
  'ca', 'clientCertificate', 'ehloName', 'source', 'family', 'resolver', 'seconds',
] // prettier-ignore
const message: readonly FormField[] = ['charset', 'date', 'messageId', 'variables', 'dkim', 'envid', 'size']

/** The sheet that has to be open for a field to be seen; null for a field of the form itself. */
export function sheetOf(field: FormField): Sheet | null {
  if (connection.includes(field)) return 'connection'
  if (message.includes(field)) return 'message'
  return field === 'stop' ? 'stop' : null
}

export const tabOf = (field: FormField): Tab | null => tabs.find((tab) => tab === field) ?? null

/** Names of the engine; the longest that fits counts. */
const asField: readonly (readonly [string, FormField])[] = [
  ['url', 'apiUrl'],
  ['api', 'apiUrl'],
  ['domain', 'apiDomain'],
  ['key', 'apiKey'],
  ['ca', 'ca'],
  ['target.host', 'host'],
  ['target.port', 'port'],
  ['target.tls', 'tls'],
  ['target.certificate', 'ca'],
  ['target.serverName', 'host'],
  ['target.ca', 'ca'],
  ['target.clientCertificate', 'clientCertificate'],
  ['target.family', 'family'],
  ['target.ehloName', 'ehloName'],
  ['target.source', 'source'],
  ['target.resolver', 'resolver'],
  ['target.timeouts', 'seconds'],
  ['auth.mechanism', 'mechanism'],
  ['auth.user', 'user'],
  ['auth.password', 'password'],
  ['auth', 'mechanism'],
  ['message.from', 'from'],
  ['message.to', 'to'],
  ['message.cc', 'cc'],
  ['message.bcc', 'bcc'],
  ['message.replyTo', 'replyTo'],
  ['message.subject', 'subject'],
  ['message.text', 'text'],
  ['message.html', 'html'],
  ['message.attachments', 'attachments'],
  ['message.raw', 'raw'],
  ['message.headers', 'headers'],
  ['message.charset', 'charset'],
  ['message.encoding', 'charset'],
  ['message.date', 'date'],
  ['message.messageId', 'messageId'],
  ['message.variables', 'variables'],
  ['message.dkim', 'dkim'],
  ['dsn.envid', 'envid'],
  ['dsn.orcpt', 'envid'],
  ['dsn', 'dsn'],
  ['extensions.size', 'size'],
  ['extensions', 'size'],
  ['stop', 'stop'],
  ['envelopeFrom', 'envelopeFrom'],
  ['envelopeTo', 'envelopeTo'],
]

const placeOf = (field: string): FormField | 'form' =>
  asField.find(([name]) => name === 'stop' ? field.startsWith(name) : field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`))?.[1] ?? 'form' // prettier-ignore

/** A field that is shown only when asked for lends its problem to the one it comes from. */
export interface Shown {
  envelopeShown: boolean
}

/** Problems by field, several at one field joined; one that belongs to no field of the form stands under `form`. */
export function problemsByField(
  problems: readonly FieldProblem[],
  { envelopeShown }: Shown = { envelopeShown: false },
): FormProblems {
  const found: FormProblems = {}
  for (const { field, message: words } of problems) {
    const named = placeOf(field)
    const place = envelopeShown ? named : (withoutEnvelope[named] ?? named)
    if (found[place]?.includes(words)) continue
    found[place] = found[place] ? `${found[place]} ${words}` : words
  }
  return found
}

const withoutEnvelope: Partial<Record<FormField | 'form', FormField>> = {
  envelopeFrom: 'from',
  envelopeTo: 'to',
}

export const firstProblem = (problems: FormProblems): FormField | undefined =>
  formFields.find((field) => problems[field] !== undefined)
