/** Owns: sending one message by an HTTP API to a host that the user named: checks, the run, the result in words. */
import { randomUUID } from 'node:crypto'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { HttpSendPlan, HttpSendResult } from '#shared/rpc/contract/httpApi.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { type Finding, finding } from '#shared/diagnosis/finding.ts'
import { isPem } from '../dialogue/checkCertificate.ts'
import { findConnectionFaults, gravest } from '../dialogue/diagnose.ts'
import { Journal } from '../dialogue/journal.ts'
import { secretForms } from '../dialogue/secrets.ts'
import { hideText } from '../transcripts/conceal.ts'
import { composeMessage } from '../message/compose.ts'
import type { Clock } from '../ports.ts'
import { isLoopback } from '../server/listenProblem.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'
import { HttpClient, type HttpTarget } from './httpClient.ts'
import { type ApiRequest, requestOf } from './requestOf.ts'
import type { Api } from './answers.ts'
import { verdictOf } from './verdict.ts'

export interface SendDeps {
  hub: Pick<Hub, 'begin'>
  clock: Clock
  /** Keeps a copy of what is sent beside the transcript, so that a reader or a command can repeat it. */
  store: Pick<Store, 'openContent'>
}

export interface HttpSend {
  session: string
  /** Never rejects. */
  result: Promise<HttpSendResult>
  cancel(): void
}

export type StartedSend = ({ ok: true } & HttpSend) | { ok: false; problems: FieldProblem[] }

/** Milliseconds; the same as for SMTP's connection, and long enough for a service that composes before it answers. */
const usualTimeout = 30_000

/** Nothing is sent for a plan with problems. */
export async function startHttpSend(
  plan: HttpSendPlan,
  { hub, clock, store }: SendDeps,
): Promise<StartedSend> {
  const read = readTarget(plan)
  if (!read.ok) return read
  const composed = await composeMessage(plan.message, { date: clock.now(), uuid: randomUUID() })
  if (!composed.ok) return composed
  const { target, consent } = read
  const domain = plan.domain ?? read.domain ?? composed.envelope.from.split('@').at(-1) ?? ''
  const made = requestOf(plan.api, plan.message, domain, plan.key)
  if (!made.ok) return made
  const recorder = hub.begin({ source: 'send', role: 'client', host: target.host, port: target.port, tls: target.tls ? 'implicit' : 'none', protocol: 'http' }) // prettier-ignore
  const secrets = secretsOf(plan.key)
  for (const secret of secrets) recorder.conceal(secret)
  const journal = new Journal(recorder)
  const abort = new AbortController()
  const now = (): Date => clock.now()
  const result = run({
    api: plan.api,
    target,
    consent,
    secrets,
    request: made.request,
    last: !plan.keepAlive,
    journal,
    now,
    signal: abort.signal,
    keep: (body) => kept(store, recorder.session, body),
  })
  return { ok: true, session: recorder.session, result, cancel: () => abort.abort() }
}

/** The key as it is and as basic authentication says it, each also as JSON, an address and HTML write it. */
export const secretsOf = (key: string): string[] => [
  ...new Set([Buffer.from(`api:${key}`).toString('base64'), ...secretForms('api', key)].flatMap(spellingsOf)),
]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A slash may be escaped in JSON (RFC 8259 §7), and the hex digits of an address be of either case (RFC 3986 §2.1). */
function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const address = encodeURIComponent(secret)
  return [
    secret,
    json,
    json.replaceAll('/', String.raw`\/`),
    address,
    address.replaceAll(/%../g, (octet) => octet.toLowerCase()),
    secret.replaceAll(/[&<>"]/g, (char) => entities[char] ?? char),
  ]
}

interface Run {
  api: Api
  target: HttpTarget
  /** The key may go to a server that nobody vouches for. */
  consent: boolean
  secrets: readonly string[]
  request: ApiRequest
  last: boolean
  journal: Journal
  now: () => Date
  signal: AbortSignal
  keep: (body: Buffer) => Promise<void>
}

const stretch = 65_536

/** The body of the only request, as content number 1. A disk that fails costs the copy, not the sending. */
async function kept(store: SendDeps['store'], session: string, body: Buffer): Promise<void> {
  const writer = store.openContent(session, 1)
  try {
    for (let at = 0; at < body.length; at += stretch)
      if (!writer.append(body.subarray(at, at + stretch))) await writer.drain()
    await writer.keep()
  } catch {
    writer.discard()
  }
}

async function run(parts: Run): Promise<HttpSendResult> {
  const { api, target, consent, secrets, request, last, journal, now, signal, keep } = parts
  const { session } = journal
  const end = (outcome: EventOf<'end'>['outcome'], by: EventOf<'end'>['by'], message: string): void => {
    journal.write({ kind: 'end', phase: 'other', direction: 'none', outcome, by, message })
  }
  const notSent = (why: string, then?: string): HttpSendResult => {
    if (signal.aborted) {
      end('cancelled', 'person', 'Cancelled.')
      return { session, outcome: 'failed', message: 'Cancelled.' }
    }
    findConnectionFaults(journal, 'http')
    const { message, next } = gravest(journal.findings()) ?? { message: why, next: then }
    end('failed', 'network', message)
    return { session, outcome: 'failed', message, ...(next === undefined ? {} : { next }) }
  }
  try {
    const client = await HttpClient.open(target, { journal, now, signal })
    if (!(client instanceof HttpClient)) return notSent(client.message)
    if (client.unverified !== null && !consent) {
      client.close()
      journal.find(keyWithheld(client.unverified))
      return notSent('')
    }
    const [answer] = await Promise.all([client.send(request, last), keep(request.body)])
    client.close()
    if (!answer.ok) return notSent(answer.message, checkAddress)
    // A service may repeat the key in its answer; what is cut first could leave a part of it.
    const location = hideText(answer.location ?? '', secrets)
    const words = verdictOf(api, { ...answer, location })
    // The status alone would tell whoever reads the dialogue that it was accepted.
    const unfit = answer.status < 300 && (words.outcome === 'failed' || words.outcome === 'rejected')
    end(unfit ? 'failed' : 'completed', unfit ? 'server' : 'client', words.message)
    return {
      session,
      ...words,
      status: answer.status,
      reply: hideText(answer.body, secrets).slice(0, 2000),
    }
  } catch {
    return notSent('This program failed; the message may not have been sent.')
  }
}

const checkAddress =
  'Check host, port and scheme of the address: http speaks in clear, https by TLS, usually on another port.'

const keyWithheld = (seq: number): Finding =>
  finding('auth-needs-tls', {
    side: 'this-computer',
    confidence: 'certain',
    evidence: [seq],
    message: 'The key was not sent, because the certificate is not verified.',
    next: 'Use a certificate that can be verified, or give consent to send the key without it.',
  })

type ReadTarget =
  | { ok: true; target: HttpTarget; consent: boolean; domain: string | undefined }
  | { ok: false; problems: FieldProblem[] }

const refused = (field: string, value: string, message: string): ReadTarget => ({
  ok: false,
  problems: [{ field, value: value.slice(0, 100), message }],
})

/** Nobody knows what is a secret in what is no URL: whatever stands before an @ or after a ? is not repeated. */
function shownUrl(url: string): string {
  const begin = /^\s{0,100}[a-z]{1,10}:?\/{1,10}/i.exec(url)?.[0] ?? ''
  const at = url.lastIndexOf('@')
  const shown = at < 0 ? url : `${at >= begin.length ? begin : ''}********${url.slice(at)}`
  return shown.replace(/[?#].*$/s, '')
}

/** The path before that of the API, also where somebody gave the whole of it, as a provider's pages print it. */
function basePath(pathname: string): { base: string; domain: string | undefined } {
  const whole = /^(.*?)(?:\/api\/v1\/transmissions|\/v3\/([^/]+)\/messages)$/.exec(
    pathname.replace(/\/+$/, ''),
  )
  if (whole === null) return { base: pathname.replace(/\/+$/, ''), domain: undefined }
  const [, base = '', domain] = whole
  return { base, domain: domain === undefined ? undefined : decodedOr(domain) }
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function readTarget({
  url,
  key,
  certificate,
  ca,
  tlsVersion,
  timeout,
  allowUnprotected,
}: HttpSendPlan): ReadTarget {
  const example = 'Write it as https://api.example.com'
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url)) return refused('url', shownUrl(url), `This is no address of a web server. ${example}.`) // prettier-ignore
  const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(url)
  if (username !== '' || password !== '') return refused('url', `${protocol}//********@${hostname}`, 'The address holds a name or a password. Give the key apart from it.') // prettier-ignore
  if (search !== '' || hash !== '')
    return refused('url', `${protocol}//${hostname}`, `The address ends with ? or #. ${example}.`)
  if (!/^[\x21-\x7e]{1,1000}$/.test(key)) return refused('key', '********', 'The key is empty or has a character that no header field can hold.') // prettier-ignore
  if (ca !== undefined && !isPem(ca))
    return refused('ca', '', 'The certificates cannot be read; give them in PEM.')
  const tls = protocol === 'https:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const own = host === 'localhost' || isLoopback(host)
  if (!tls && !own && !allowUnprotected) return refused('key', '********', 'The key would travel in clear over http, where others can read it. Use https, or say that this is meant.') // prettier-ignore
  const version = tlsVersion === 'auto' ? undefined : tlsVersion === '1.2' ? 'TLSv1.2' : 'TLSv1.3'
  const { base, domain } = basePath(pathname)
  const target = { host, port: Number(port) || (tls ? 443 : 80), tls, base, certificate, ca, version, timeout: timeout ?? usualTimeout } as const // prettier-ignore
  return { ok: true, target, consent: own || allowUnprotected, domain }
}
