/**
 * Owns: what the answer of a message API comes to, in words. A 2xx alone says little: the JSON API counts in it whom it
 * rejected, and a web page says 200 to anything.
 */
import { fromByteString, fromUtf8 } from '#shared/bytes/bytes.ts'
import type { HttpSendResult } from '#shared/rpc/contract/httpApi.ts'
import { asksForLater } from '#shared/transcript/http.ts'
import type { Api } from './answers.ts'
import type { HttpResponse } from './httpClient.ts'

export type Verdict = Pick<HttpSendResult, 'outcome' | 'message' | 'next'>

export function verdictOf(api: Api, answer: Omit<HttpResponse, 'keeps'>): Verdict {
  const { status } = answer
  if (status >= 200 && status < 300) return taken(api, answer)
  if (status >= 300 && status < 400) return elsewhere(answer)
  if (status === 401)
    return { outcome: 'rejected', message: 'The service refused the key, 401.', next: 'Check the key, and that it is of this service and region.' } // prettier-ignore
  if (status === 403)
    return { outcome: 'rejected', message: 'The service does not let this key send this, 403.', next: 'Its answer says why: a key without the right to send, a domain that is not verified, or a recipient that a trial account may not write to.' } // prettier-ignore
  if (asksForLater(status))
    return { outcome: 'rejected', message: `The service put the message off, ${status}.`, next: `Keep it and try again ${whenAgain(answer.retryAfter)}.` } // prettier-ignore
  if (status === 404)
    return { outcome: 'rejected', message: 'The service has no such address, 404.', next: 'Check the URL and the domain in it.' } // prettier-ignore
  return { outcome: 'rejected', message: `The service refused the request, ${status}.`, next: 'Its answer says why; the same request would fail again.' } // prettier-ignore
}

const acceptedWith = (status: number): Verdict => ({
  outcome: 'accepted',
  message: `Accepted by the service, ${status}. Delivery is its job now.`,
})

function taken(api: Api, { status, body }: Pick<HttpResponse, 'status' | 'body'>): Verdict {
  const said = objectOf(body)
  const counted = api === 'json' ? objectIn(said, 'results') : null
  if (counted !== null) {
    const [accepted, rejected] = [count(counted, 'total_accepted_recipients'), count(counted, 'total_rejected_recipients')] // prettier-ignore
    const next = 'Its answer or its event log says which, and why: suppression lists and bad addresses are usual.' // prettier-ignore
    if (accepted === 0 && (rejected > 0 || valueIn(counted, 'total_accepted_recipients') === 0))
      return { outcome: 'rejected', message: `The service accepted no recipient, although it answered ${status}.`, next } // prettier-ignore
    if (rejected > 0)
      return { outcome: 'partly-accepted', message: `The service accepted ${accepted} of ${accepted + rejected} recipients, ${status}.`, next } // prettier-ignore
    if (accepted > 0) return acceptedWith(status)
  }
  // Both give what they took an identifier.
  const id = valueIn(api === 'json' ? (counted ?? {}) : said, 'id')
  if (typeof id === 'number' || (typeof id === 'string' && id !== '')) return acceptedWith(status)
  return {
    outcome: 'failed',
    message: `The answer was ${status}, but not in the words of this API: nothing shows that the message was taken.`,
    next: 'Check the address and which of the two APIs stands there: a web page answers like this too.',
  }
}

/** Nothing follows by itself: the key would go to a host that nobody named (RFC 9110 §15.4). `location` is free of secrets. */
function elsewhere({ status, location = '' }: Pick<HttpResponse, 'status' | 'location'>): Verdict {
  const to = location.replace(/[^\x21-\x7e]+/g, ' ').trim().slice(0, 300) // prettier-ignore
  return {
    outcome: 'rejected',
    message: `The service points elsewhere, ${status}${to === '' ? '' : ` “${to}”`}. Message and key did not follow.`,
    next: 'If that is the right place, give it as the address of the API.',
  }
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function whenAgain(retryAfter = ''): string {
  if (/^\d{1,6}$/.test(retryAfter)) return `after ${Number(retryAfter)} s, as it asks`
  const date = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(retryAfter)
  return date ? `after ${retryAfter}, as it asks` : 'later'
}

function objectOf(body: string): object {
  try {
    const read: unknown = JSON.parse(fromUtf8(fromByteString(body)) ?? '')
    return typeof read === 'object' && read !== null ? read : {}
  } catch {
    return {}
  }
}

const valueIn = (from: object, name: string): unknown => Object.getOwnPropertyDescriptor(from, name)?.value

function objectIn(from: object, name: string): object | null {
  const value = valueIn(from, name)
  return typeof value === 'object' && value !== null ? value : null
}

function count(from: object, name: string): number {
  const value = valueIn(from, name)
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}
