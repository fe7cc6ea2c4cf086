/** Owns: the part of the Send form that says where and how to connect and sign in, as a request. */
import type { DialogueRequest, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { phases, portNumber, portText, type Draft } from './compose.ts'
import { isLoopback } from './hosts.ts'

/** What of the form is secret: in the page's memory only. */
export interface FormSecrets {
  clientKey: string
  passphrase: string
  dkimKey: string
  /** Of an HTTP API. */
  apiKey: string
}
export const noSecrets: FormSecrets = { clientKey: '', passphrase: '', dkimKey: '', apiKey: '' }

export interface TargetInput {
  draft: Draft
  password: string
  secrets?: FormSecrets
  /** The local authority's certificate, trusted for hosts on this computer. */
  localCa?: string | undefined
}

/** Certificates trusted for this send: what was pasted, and on this computer the local authority. */
export const trustedCa = ({ draft, localCa }: Pick<TargetInput, 'draft' | 'localCa'>): string =>
  [draft.ca.trim(), isLoopback(draft.host.trim()) ? (localCa ?? '').trim() : ''].filter(Boolean).join('\n')

function portWords(draft: Draft): string {
  const typed = portText(draft)
  if (typed === '') return 'The port is empty. A whole number from 1 to 65535 goes here, such as 587.'
  return `Port “${typed.slice(0, 20)}” is not a whole number from 1 to 65535. To send use 587, 465 or 2525.`
}

/** Seconds of one phase at most: an hour. */
const longest = 3600

/** Milliseconds of each phase that has a limit. */
function timeoutsOf(draft: Draft, problems: FieldProblem[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const phase of phases) {
    const typed = (draft.seconds[phase] ?? '').trim().replace(',', '.')
    if (typed === '') continue
    const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(typed) ? Number(typed) : 0
    if (seconds >= 0.1 && seconds <= longest) found[phase] = Math.round(seconds * 1000)
    else problems.push({ field: 'target.timeouts', value: typed, message: `“${typed.slice(0, 20)}” is not a number of seconds from 0.1 to ${longest}, such as 30.` }) // prettier-ignore
  }
  return found
}

const given = (name: string, value: string): Record<string, string> =>
  value.trim() === '' ? {} : { [name]: value.trim() }

function clientCertificateOf({ draft, secrets = noSecrets }: TargetInput) {
  if (draft.clientCert.trim() === '' || draft.tls === 'none') return {}
  const { clientKey, passphrase } = secrets
  const clientCertificate = { cert: draft.clientCert, key: clientKey }
  return { clientCertificate: passphrase === '' ? clientCertificate : { ...clientCertificate, passphrase } }
}

/** The target, and what the page can tell is wrong with it. */
export function targetOf(input: TargetInput): {
  target: DialogueRequest['target']
  problems: FieldProblem[]
} {
  const { draft } = input
  const problems: FieldProblem[] = []
  const port = portNumber(draft)
  if (port === null)
    problems.push({ field: 'target.port', value: portText(draft), message: portWords(draft) })
  if (draft.host.trim() === '')
    problems.push({
      field: 'target.host',
      value: '',
      message: 'There is no server. Write its name or address, such as smtp.your-provider.example.',
    })
  const timeouts = timeoutsOf(draft, problems)
  const { tls, certificate, family } = draft
  return {
    problems,
    target: {
      host: draft.host.trim(),
      port: port ?? 0,
      tls,
      certificate,
      ...(tls === 'none' ? {} : given('ca', trustedCa(input))),
      ...clientCertificateOf(input),
      ...(family === '0' ? {} : { family: family === '4' ? 4 : 6 }),
      ...given('ehloName', draft.ehloName),
      ...given('source', draft.source),
      ...given('resolver', draft.resolver),
      ...(Object.keys(timeouts).length > 0 ? { timeouts } : {}),
    },
  }
}

/** What goes into the field beside the user for this mechanism. */
export type SecretKind = 'password' | 'token' | 'certificate' | 'none'
export function secretKindOf(mechanism: Draft['mechanism']): SecretKind {
  if (mechanism === 'xoauth2' || mechanism === 'oauthbearer') return 'token'
  if (mechanism === 'external') return 'certificate'
  return mechanism === 'none' ? 'none' : 'password'
}

/** `kept`: the profile has a password or token, which the engine fills in. */
export function authOf(
  { draft, password }: Pick<TargetInput, 'draft' | 'password'>,
  { kept, allowUnprotected }: { kept: boolean; allowUnprotected: boolean },
): DialogueRequest['auth'] {
  const { mechanism, user, initialResponse, channelBinding } = draft
  // Nothing typed under "strongest offered" means: do not sign in.
  if (mechanism === 'none' || (mechanism === 'auto' && user === '' && password === '' && !kept))
    return { mechanism: 'none' }
  const kind = secretKindOf(mechanism)
  return {
    mechanism,
    user,
    password: kind === 'certificate' ? '' : password,
    ...(kind === 'token' ? { secret: 'token' } : {}),
    ...(initialResponse === 'auto' ? {} : { initialResponse }),
    ...(channelBinding === 'auto' ? {} : { channelBinding }),
    allowUnprotected,
  }
}
