/**
 * Owns: fetching a policy over HTTPS (RFC 8461 §3.3) with the dialer's own look-up, connection and handshake, so that all
 * of it is in the transcript. The certificate must be good for the name; redirects are not followed; 64 KiB at most.
 */
import { request, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { octetsInWords } from '#shared/transcript/measure.ts'
import type { Recorder } from '../transcripts/types.ts'
import { handshake } from '../dialogue/handshake.ts'
import { Journal } from '../dialogue/journal.ts'
import { within } from '../dialogue/limit.ts'
import { resolveHost } from '../dialogue/resolve.ts'
import { openTcp } from '../dialogue/tcp.ts'
import type { Witness } from './witness.ts'

export interface FetchOptions {
  host: string
  path: string
  /** 443 but in tests. */
  port: number
  /** Further authorities that are trusted, PEM. */
  ca?: string | undefined
  /** Milliseconds for look-up, connection, handshake and the whole answer, each. */
  timeout: number
  now(): Date
  signal: AbortSignal
}

export type Fetched =
  | { how: 'read'; text: string; events: number[] }
  | { how: 'unreachable' | 'untrusted' | 'invalid'; problem: string; events: number[] }

/** RFC 8461 §3.2 suggests this bound. */
const maxOctets = 65_536

/** Never rejects. */
export async function fetchPolicy(options: FetchOptions, witness: Witness): Promise<Fetched> {
  const { host, port, timeout, signal, ca } = options
  const events: number[] = []
  const journal = new Journal(noting(witness.journal.recorder, events))
  const { lookup } = witness.resolver
  const fail = (how: 'unreachable' | 'untrusted', problem: string): Fetched => ({ how, problem, events })
  const addresses = await resolveHost({ host, family: 0, timeout, journal, signal, lookup })
  if (addresses.length === 0) return fail('unreachable', `${host} has no address`)
  const opened = await openTcp({ addresses, port, timeout, journal, signal })
  if (!opened) return fail('unreachable', `${host} takes no connection on port ${port}`)
  const secured = await handshake(opened.socket, { name: host, certificate: 'check', ca, timeout, now: () => options.now(), journal, signal, aside: true })
  if (!secured.ok)
    return secured.reason === 'refused' ? fail('untrusted', `the certificate of ${host} cannot be verified`) : fail('unreachable', `TLS with ${host}: ${secured.message}`)
  const answer = await within(timeout, signal, () => get(secured.socket, options))
  secured.socket.destroy()
  const judged: Judged = answer.how === 'done' ? answer.value : { how: 'unreachable', problem: words[answer.how] }
  const said = judged.how === 'read' ? `read, ${octetsInWords(judged.text.length)}\n${judged.text}` : judged.problem
  events.push(witness.say(`GET https://${host}${options.path}: ${said}`))
  return { ...judged, events }
} // prettier-ignore

/** The same transcript, with the numbers of what is written here kept: others write into it at the same time. */
function noting(recorder: Recorder, numbers: number[]): Recorder {
  return {
    session: recorder.session,
    get seq() {
      return recorder.seq
    },
    elapsed: () => recorder.elapsed(),
    conceal: (secret) => recorder.conceal(secret),
    held: (value) => recorder.held(value),
    delivered: (message) => recorder.delivered(message),
    write(event, at) {
      const written = recorder.write(event, at)
      numbers.push(written.seq)
      return written
    },
  }
}

const words = {
  failed: 'the connection broke before the answer was complete',
  timeout: 'the answer was not complete in time',
  cancelled: 'cancelled',
}

type Judged =
  { how: 'read'; text: string } | { how: 'unreachable' | 'untrusted' | 'invalid'; problem: string }

function get(connection: Duplex, { host, path }: FetchOptions): Promise<Judged> {
  return new Promise((resolve, reject) => {
    // With any agent, even none by `false`, Node would open a connection of its own, and in clear.
    const asking = request({
      createConnection: () => connection,
      host,
      path,
      // Nothing of the person or this computer is told, and no packed answer is asked for.
      headers: { host, accept: 'text/plain', 'accept-encoding': 'identity', connection: 'close' },
      maxHeaderSize: 16_384,
    })
    asking.on('error', reject)
    asking.on('upgrade', () => resolve({ how: 'invalid', problem: 'it answers with another protocol' }))
    asking.on('response', (response) => judge(response, resolve, reject))
    asking.end()
  })
}

function judge(
  response: IncomingMessage,
  resolve: (judged: Judged) => void,
  reject: (error: Error) => void,
): void {
  const status = response.statusCode ?? 0
  const type = (response.headers['content-type'] ?? '').slice(0, 100)
  const invalid = (problem: string): void => resolve({ how: 'invalid', problem })
  response.on('error', reject)
  if (status >= 300 && status < 400)
    return invalid(`it answers with a redirect (${status}), which must not be followed`)
  if (status !== 200) return resolve({ how: 'unreachable', problem: `it answers with status ${status}` })
  if (!/^text\/plain[ \t]*(?:;|$)/i.test(type))
    return invalid(`its content type is ${type === '' ? 'missing' : type} instead of text/plain`)
  let size = 0
  const pieces: Buffer[] = []
  response.on('data', (piece: Buffer) => {
    size += piece.length
    if (size > maxOctets) return invalid(`it is longer than ${octetsInWords(maxOctets)}`)
    pieces.push(piece)
  })
  response.on('end', () => resolve({ how: 'read', text: Buffer.concat(pieces).toString('utf8') }))
}
