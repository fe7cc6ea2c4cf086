/** Owns: the way between the Send form and a request: values in, and the engine's field problems back to fields. */
import type { DialogueRequest, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { checkAddress, parseAddressList, type NamedAddress } from '#shared/smtp/grammar/addressList.ts'
import { portNumber, portText, type Draft } from './compose.ts'
import { isLoopback } from './hosts.ts'

/** A place in the form where a problem can be shown and focus can go. */
export type FormField =
  | 'host'
  | 'port'
  | 'tls'
  | 'ca'
  | 'mechanism'
  | 'user'
  | 'password'
  | 'from'
  | 'to'
  | 'cc'
  | 'subject'
  | 'text'

/** In the order of the form: focus goes to the first that is wrong. */
export const formFields: readonly FormField[] = [
  'host', 'port', 'tls', 'ca', 'mechanism', 'user', 'password', 'from', 'to', 'cc', 'subject', 'text',
] // prettier-ignore

export type FormProblems = Partial<Record<FormField | 'form', string>>

const asField: Record<string, FormField> = {
  'target.host': 'host',
  'target.port': 'port',
  'target.tls': 'tls',
  'target.certificate': 'ca',
  'target.ca': 'ca',
  'auth.mechanism': 'mechanism',
  'auth.user': 'user',
  'auth.password': 'password',
  'message.from': 'from',
  'message.to': 'to',
  'message.cc': 'cc',
  'message.subject': 'subject',
  'message.text': 'text',
  envelopeFrom: 'from',
  envelopeTo: 'to',
}

/** Problems by field, several at one field joined; one that belongs to no field of the form stands under `form`. */
export function problemsByField(problems: readonly FieldProblem[]): FormProblems {
  const found: FormProblems = {}
  for (const { field, message } of problems) {
    const place = asField[field.replace(/\[\d+\].*$/, '')] ?? 'form'
    found[place] = found[place] ? `${found[place]} ${message}` : message
  }
  return found
}

export const firstProblem = (problems: FormProblems): FormField | undefined =>
  formFields.find((field) => problems[field] !== undefined)

/** Name and address as a header field takes them; quotes and backslashes in a name are escaped (RFC 5322 §3.2.4). */
const asTyped = ({ name, address }: NamedAddress): string =>
  name === '' ? address : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`

/** The address that a bounce would go to: the one in From, without its name; '' when it cannot be read. */
export function returnAddress(from: string): string {
  const checked = checkAddress(from)
  return checked.ok ? checked.address : ''
}

function readList(field: 'message.to' | 'message.cc', typed: string, problems: FieldProblem[]): string[] {
  const list = parseAddressList(typed)
  if (list.ok) return list.addresses.map(asTyped)
  problems.push(...list.problems.map((message) => ({ field, value: typed, message })))
  return []
}

export interface ComposeInput {
  draft: Draft
  password: string
  /** The person consented, for this one send, to a password on an unprotected connection. */
  allowUnprotected: boolean
  /** The local authority's certificate, trusted for hosts on this computer. */
  localCa?: string | undefined
}

export type Built = { ok: true; request: DialogueRequest } | { ok: false; problems: FieldProblem[] }

/** Certificates trusted for this send: what was pasted, and on this computer the local authority. */
export const trustedCa = ({ draft, localCa }: Pick<ComposeInput, 'draft' | 'localCa'>): string =>
  [draft.ca.trim(), isLoopback(draft.host.trim()) ? (localCa ?? '').trim() : ''].filter(Boolean).join('\n')

/** The request, or what the page itself can tell is wrong. Everything else is the engine's to judge. */
export function buildRequest(input: ComposeInput): Built {
  const { draft, password, allowUnprotected } = input
  const problems: FieldProblem[] = []
  const port = portNumber(draft)
  if (port === null)
    problems.push({ field: 'target.port', value: portText(draft), message: portWords(draft) })
  const to = readList('message.to', draft.to, problems)
  const cc = draft.ccShown ? readList('message.cc', draft.cc, problems) : []
  if (port === null || problems.length > 0) return { ok: false, problems }
  const { host, tls, certificate, mechanism, user, from, subject, text, step } = draft
  const ca = tls === 'none' ? '' : trustedCa(input)
  return {
    ok: true,
    request: {
      target: { host: host.trim(), port, tls, certificate, ...(ca === '' ? {} : { ca }) },
      // Nothing typed under "best offered" means: do not sign in.
      auth:
        mechanism === 'none' || (mechanism === 'auto' && user === '' && password === '')
          ? { mechanism: 'none' }
          : { mechanism, user, password, allowUnprotected },
      message: { from: from.trim(), to, cc, subject, text },
      step,
      source: 'send',
    },
  }
}

function portWords(draft: Draft): string {
  const typed = portText(draft)
  if (typed === '') return 'The port is empty. A whole number from 1 to 65535 goes here, such as 587.'
  return `Port “${typed.slice(0, 20)}” is not a whole number from 1 to 65535. To send use 587, 465 or 2525.`
}

/** A secret would certainly go in clear: it is asked for before anything is sent (RFC 8314 §5.1). */
export const needsConsent = ({ draft, password }: Pick<ComposeInput, 'draft' | 'password'>): boolean =>
  draft.tls === 'none' && draft.mechanism !== 'none' && password !== ''
