/** Owns: the API for test suites in words: where it is, a line to try it by, how a webhook's last delivery stands. */
import type { Delivery, SuiteApiStatus, Webhook, WebhookEvent } from '#shared/rpc/contract/suiteApi.ts'
import { isLoopback } from './hosts.ts'
import { countWords } from './measures.ts'

/** As `http://127.0.0.1:8026`; undefined while it does not listen. */
export function apiAddress({ address, actualPort }: SuiteApiStatus): string | undefined {
  if (actualPort === undefined) return undefined
  // Everywhere is no address to ask: this computer is one of those that it listens on.
  const host = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
  return `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`
}

/** A line for a shell. The token stands in a variable: on the line itself other programs could read it. */
export const curlLine = (address: string): string =>
  `curl -H "Authorization: Bearer $RELAYSCOPE_TOKEN" "${address}/api/v1/messages/wait?timeout=30000"`

/** As "2 requests wait, 1 event stream, 214 requests so far". */
export function loadWords({ waiting, streams, requests }: SuiteApiStatus): string {
  const parts = [
    ...(waiting > 0 ? [`${countWords(waiting, 'wait')} now`] : []),
    ...(streams > 0 ? [`${countWords(streams, 'event stream')} open`] : []),
    `${countWords(requests, 'request')} so far`,
  ]
  return parts.join(', ')
}

/** Hosts as a person types them, with commas, spaces or line ends between. */
export const hostsIn = (text: string): string[] => text.split(/[\s,;]+/u).filter((host) => host !== '')

export type TellOf = 'message' | 'session' | 'both'
export const tellChoices: readonly { value: TellOf; label: string }[] = [
  { value: 'message', label: 'Messages' },
  { value: 'session', label: 'Sessions that left none' },
  { value: 'both', label: 'Both' },
]
export const eventsOf = (tell: TellOf): WebhookEvent[] => (tell === 'both' ? ['message', 'session'] : [tell])

const said: Record<WebhookEvent, string> = { message: 'messages', session: 'sessions that left none' }
export const toldWords = (events: readonly WebhookEvent[]): string =>
  events.map((event) => said[event]).join(' and ')

const tones = { delivered: 'good', failed: 'bad', waiting: 'later' } as const

/** How the last delivery stands; what was not even queued goes before it. */
export function hookStanding({ last, pending, dropped }: Webhook): { tone: 'good' | 'bad' | 'later' | 'neutral'; words: string } {
  if (last === undefined) return { tone: 'neutral', words: 'Nothing sent yet.' }
  const lost = dropped > 0 ? ` ${dropped} found no place in its queue.` : ''
  return { tone: tones[last.state], words: `${standingWords(last, pending)}${lost}` }
} // prettier-ignore

function standingWords({ state, attempts, words }: Delivery, pending: number): string {
  const more = pending > 1 ? ` ${pending} wait.` : ''
  if (state === 'waiting') return attempts === 0 ? `On its way.${more}` : `${words} Try ${attempts} of 6; tried again soon.${more}` // prettier-ignore
  if (state === 'failed') return `${words} Given up after ${countWords(attempts, 'try', 'tries')}.${more}`
  return `${words}${more}`
}

/** Hosts beside this computer that webhooks lead to; `told`: only those that something was sent to. */
export function hookHosts(status: SuiteApiStatus | null, told: boolean): string[] {
  const hosts = (status?.webhooks ?? [])
    .filter(({ last }) => !told || (last?.attempts ?? 0) > 0)
    .flatMap(({ url }) => URL.parse(url)?.hostname ?? [])
  return [...new Set(hosts.filter((host) => !isLoopback(host)))]
}

/** What is kept here may be read from elsewhere, or is told to elsewhere. */
export const opensOutside = (status: SuiteApiStatus | null): boolean =>
  (status?.on === true && status.allowOutside && !isLoopback(status.address)) ||
  hookHosts(status, false).length > 0
