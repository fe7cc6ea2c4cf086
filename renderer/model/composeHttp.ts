/**
 * Owns: the Send form as a request of an HTTP API: what is wrong with it, whether its key could be read on the way, and
 * what came of it, in the words of the other results.
 */
import { fromByteString, fromUtf8 } from '#shared/bytes/bytes.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { HttpSendRequest, HttpSendResult } from '#shared/rpc/contract/httpApi.ts'
import { asksForLater } from '#shared/transcript/http.ts'
import type { Draft } from './compose.ts'
import type { FormField } from './composeFields.ts'
import { messageOf, type FormFiles } from './composeMessage.ts'
import { isNobody, noRecipient, noSender } from './composeRequest.ts'
import type { FormSecrets } from './composeTarget.ts'
import type { Sentences } from './composeVerdict.ts'
import type { ProtectionPromise } from './composeWords.ts'
import { isLoopback } from './hosts.ts'

/** Host of the address and whether it is sealed; null while it is no address of a web server. */
export function apiPlace({ apiUrl }: Pick<Draft, 'apiUrl'>): { host: string; tls: boolean } | null {
  const typed = apiUrl.trim()
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) return null
  const { hostname, protocol } = new URL(typed)
  return { host: hostname.replace(/^\[|\]$/g, ''), tls: protocol === 'https:' }
}

/** What will happen before the key. */
export function apiPromise(draft: Pick<Draft, 'apiUrl'>): ProtectionPromise {
  const place = apiPlace(draft)
  if (place === null || place.tls)
    return { tone: 'sealed', words: 'HTTPS: TLS before the first word. Nothing is said in clear.' }
  return isLoopback(place.host)
    ? { tone: 'open', words: 'Plain HTTP. Nothing leaves this computer.' }
    : { tone: 'open', words: 'Everything is readable on the way. The key needs your consent first.' }
}

/** The key would be readable on the way, or go to a server that nobody vouches for: asked before anything is sent. */
export function keyConsent(
  draft: Pick<Draft, 'apiUrl' | 'certificate'>,
  key: string,
): 'clear' | 'unverified' | null {
  const place = apiPlace(draft)
  if (place === null || key === '' || isLoopback(place.host)) return null
  if (!place.tls) return 'clear'
  return draft.certificate === 'accept' ? 'unverified' : null
}

/** The same address, sealed. */
export const withHttps = (draft: Draft): Draft => ({
  ...draft,
  apiUrl: draft.apiUrl.trim().replace(/^http:/i, 'https:'),
})

export interface HttpInput {
  draft: Draft
  secrets: FormSecrets
  files: FormFiles
  localCa?: string | undefined
  /** The person consented, for this one send, to a key that others could read. */
  allowUnprotected: boolean
}

export type BuiltHttp = { ok: true; request: HttpSendRequest } | { ok: false; problems: FieldProblem[] }

const noUrl: FieldProblem = {
  field: 'url',
  value: '',
  message: 'There is no address of an API. Write it as https://api.your-provider.example',
}
const noKey: FieldProblem = {
  field: 'key',
  value: '',
  message: 'There is no key. The service gives you one for its API.',
}

/** The request, or what the page itself can tell is wrong. Everything else is the engine's to judge. */
export function buildHttpRequest({ draft, secrets, files, localCa, allowUnprotected }: HttpInput): BuiltHttp {
  const { message, problems } = messageOf(draft, files, secrets)
  const nobody = isNobody({ message }, draft)
  if (nobody && !problems.some(({ field }) => field === 'message.to')) problems.push(noRecipient)
  if (message.raw === undefined && message.from === '') problems.push(noSender)
  if (draft.apiUrl.trim() === '') problems.push(noUrl)
  if (secrets.apiKey === '') problems.push(noKey)
  if (problems.length > 0) return { ok: false, problems }
  const own = isLoopback(apiPlace(draft)?.host ?? '') ? (localCa ?? '') : ''
  const ca = [draft.ca.trim(), own.trim()].filter(Boolean).join('\n')
  const domain = draft.apiDomain.trim()
  return {
    ok: true,
    request: {
      api: draft.api,
      url: draft.apiUrl.trim(),
      ...(draft.api === 'form' && domain !== '' ? { domain } : {}),
      key: secrets.apiKey,
      message,
      certificate: draft.certificate,
      ...(ca === '' ? {} : { ca }),
      allowUnprotected,
    },
  }
}

/** Characters of an answer that are quoted; all of it is in the dialogue. */
const mostQuoted = 300

/** The answer as one line. */
function quoted(reply: string | undefined): string {
  const text = fromUtf8(fromByteString(reply ?? '')) ?? ''
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim()
  return line.length > mostQuoted ? `${line.slice(0, mostQuoted)} …` : line
}

/** As a result of a dialogue, for all who go by one. */
export const asDialogueResult = ({ session, outcome, message, next }: HttpSendResult): DialogueResult => ({
  session,
  outcome,
  message,
  recipients: [],
  ...(next === undefined ? {} : { next }),
})

/** `from` is where a bounce would go. A service that wants it later says 429 or 5xx (RFC 6585 §4, RFC 9110 §15.6). */
export function httpSentences(
  { outcome, message, next, status = 0, reply }: HttpSendResult,
  from: string,
): Sentences {
  const said = quoted(reply)
  const answered = status > 0
  const answer = said === '' ? [] : [`It answered ${status}: ${said}`]
  const nextStep = next ? [next] : []
  if (outcome === 'accepted') {
    const bounce = from === '' ? '' : `; a bounce would go to ${from}`
    return { tone: 'good', title: 'Accepted by the service.', text: [...answer, `Delivery to the inbox is its job now${bounce}.`] } // prettier-ignore
  }
  if (outcome === 'failed' && answered)
    return {
      tone: 'warn',
      title: 'Nothing shows that it was taken.',
      text: [message, ...answer, ...nextStep],
    }
  if (outcome === 'failed')
    return { tone: 'bad', title: 'The message was not sent.', text: [message, ...nextStep] }
  if (outcome === 'partly-accepted')
    return { tone: 'warn', title: 'Some recipients were refused.', text: [message, ...answer, ...nextStep] }
  const later = asksForLater(status)
  const title = later ? 'Not now, said the service.' : 'Refused by the service.'
  return { tone: later ? 'warn' : 'bad', title, text: [message, ...answer, ...nextStep] }
}

/** The field to begin at when it is sent again. */
export function httpFieldToEdit({ outcome, status = 0 }: HttpSendResult): FormField {
  if (outcome === 'failed' || status === 404 || status === 405) return 'apiUrl'
  if (status >= 200 && status < 300) return 'to'
  return status === 401 || status === 403 ? 'apiKey' : 'subject'
}
