/**
 * Owns: one POST of a webhook. The name is resolved once, every address is judged, and the connection goes to that very
 * address, whatever the name says a moment later; no redirect is followed, no proxy asked, and what the other side
 * answers is not kept but for its status.
 */
import { lookup } from 'node:dns/promises'
import { request as plain, type ClientRequest } from 'node:http'
import { request as sealed } from 'node:https'
import type { LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import { addressProblem, hostOf, urlProblem } from './allowed.ts'
import { within } from './within.ts'

export interface Post {
  url: string
  body: string
  headers: Record<string, string>
}

export interface DeliverDeps {
  hosts: readonly string[]
  signal: AbortSignal
  /** Milliseconds for all of it. */
  timeout?: number
  /** Addresses of a name; the system's resolver but in tests. */
  resolve?: (host: string) => Promise<string[]>
  /** Further authorities that are trusted, PEM; tests only. */
  ca?: string
}

/** `again`: it may go better later. `after`: milliseconds that the other side asked to be left alone. */
export type Delivered =
  | { ok: true; status: number; words: string }
  | { ok: false; again: boolean; status?: number; words: string; after?: number }

const usualTimeout = 10_000
const longestPause = 300_000

const system = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/** Never rejects. */
export async function deliver(post: Post, deps: DeliverDeps): Promise<Delivered> {
  const problem = urlProblem(post.url, deps.hosts)
  if (problem !== null) return { ok: false, again: false, words: `The address ${problem}.` }
  const url = new URL(post.url)
  const host = hostOf(url)
  try {
    return await within(deps.timeout ?? usualTimeout, deps.signal, async (signal) => {
      const addresses = isIP(host) > 0 ? [host] : await before(signal, (deps.resolve ?? system)(host))
      // One wrong address among several is enough: which of them is taken is not for the other side to choose.
      const wrong = addresses.map((one) => addressProblem(host, one, deps.hosts)).find((one) => one !== null)
      if (wrong !== undefined) return { ok: false, again: false, words: `${wrong}.` }
      if (addresses.length === 0) return { ok: false, again: true, words: `${host} has no address.` }
      return judge(await send(post, url, addresses, { ...deps, signal }))
    })
  } catch (error) {
    return { ok: false, again: true, words: wordsOf(error, host, deps.signal.aborted) }
  }
}

/** A look-up cannot be called off; it is not waited for any more. */
function before<T>(signal: AbortSignal, value: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('too late', 'TimeoutError')), {
      once: true,
    })
    value.then(resolve, reject)
  })
}

type LookupDone = (
  error: null,
  found: string | { address: string; family: number }[],
  family?: number,
) => void

interface Answer {
  status: number
  retryAfter: string | undefined
}

function send(post: Post, url: URL, addresses: readonly string[], { signal, ca, hosts }: DeliverDeps): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }))
    const options = {
      method: 'POST',
      headers: { ...post.headers, 'Content-Length': Buffer.byteLength(post.body), Connection: 'close' },
      signal,
      agent: false,
      maxHeaderSize: 16_384,
      // Whoever asks for this host gets the addresses that were judged: `localhost` is ::1 and 127.0.0.1, and a receiver
      // may listen on one of them only.
      autoSelectFamily: true,
      lookup: (_host: string, { all }: LookupOptions, done: LookupDone) =>
        all === true ? done(null, found) : done(null, found[0]!.address, found[0]!.family),
      ...(ca === undefined ? {} : { ca }),
    }
    const asking: ClientRequest = url.protocol === 'https:' ? sealed(url, options) : plain(url, options)
    asking.on('error', reject)
    // Before a word is written: where the connection really went.
    asking.on('socket', (socket) =>
      socket.once('connect', () => {
        const wrong = addressProblem(hostOf(url), socket.remoteAddress ?? '', hosts)
        if (wrong !== null) socket.destroy(new Error(wrong))
      }),
    )
    asking.on('upgrade', (_response, socket) => {
      socket.destroy()
      reject(new Error('answers with another protocol'))
    })
    asking.on('response', (response) => {
      // The status decides: what was taken is taken, and not sent again for a long, slow or broken page behind it.
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
      response.on('error', () => {})
      response.destroy()
    })
    asking.end(post.body)
  })
} // prettier-ignore

function judge({ status, retryAfter }: Answer): Delivered {
  if (status >= 200 && status < 300) return { ok: true, status, words: `Taken, ${status}.` }
  if (status >= 300 && status < 400)
    return { ok: false, again: false, status, words: `Answered with a redirect, ${status}, which is not followed.` }
  const again = status === 408 || status === 425 || status === 429 || status >= 500
  const seconds = /^\d{1,6}$/u.test(retryAfter ?? '') ? Number(retryAfter) : 0
  const after = again && seconds > 0 ? { after: Math.min(seconds * 1000, longestPause) } : {}
  return { ok: false, again, status, words: `Answered ${status}${again ? '' : ', so that trying again is of no use'}.`, ...after }
} // prettier-ignore

function wordsOf(error: unknown, host: string, given: boolean): string {
  if (!(error instanceof Error)) return `${host} could not be reached.`
  if (given) return 'Given up: the webhook was removed, or the program ended.'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `${host} did not answer in time.`
  const code = 'code' in error ? String(error.code) : ''
  const known: Record<string, string> = {
    ECONNREFUSED: `${host} takes no connection on that port.`,
    ECONNRESET: `${host} closed the connection without an answer.`,
    ENOTFOUND: `${host} has no address.`,
    EAI_AGAIN: `The name server did not answer for ${host}.`,
  }
  return known[code] ?? `${host}: ${(code === '' ? error.message : code).slice(0, 200)}.`
}
