/**
 * Owns: `relayscope send`: one authenticated test message, its dialogue in words or JSON, optionally kept as a case file.
 *
 * The document of --json, `relayscope.send/1` (a field is only ever added to it; `?` marks what may be absent):
 *   schema, session, outcome (accepted, partly-accepted, rejected, failed, stopped), message, next?,
 *   recipients[] {address, accepted, code?, reply}, reply? (to the end of the data),
 *   findings[] {code, severity, phase, side, confidence, evidence[], message, next, references?[]},
 *   timings {total} (microseconds), transcript[]: every event, as in shared/transcript/event.ts
 */
import type { Auth, DialogueRequest, DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { describeLine } from '#shared/transcript/text.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { checkWritable, GivenError, readGiven, readGivenText, writeGiven } from '../files.ts'
import { follow } from '../follow.ts'
import { type ExitStatus, exitStatus, type Io, json, onCancel, sayProblems, type WithEngine } from '../io.ts'
import { readPassword } from '../password.ts'

export interface SendOptions {
  host: string
  port: number
  tls: 'none' | 'starttls' | 'opportunistic' | 'implicit'
  insecure: boolean
  ca?: string
  serverName?: string
  ehlo?: string
  family: 0 | 4 | 6
  timeout?: number
  auth: Auth['mechanism']
  initialResponse?: Auth['initialResponse']
  clientCert?: string
  clientKey?: string
  user?: string
  passwordEnv?: string
  passwordFile?: string
  allowCleartextAuth: boolean
  from?: string
  to: string[]
  subject: string
  text: string
  eml?: string
  pipelining: 'on' | 'off'
  stopAfter: 'connect' | 'ehlo' | 'tls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'body' | 'end'
  json: boolean
  save?: string
  data?: string
}

export async function send(options: SendOptions, io: Io, withEngine: WithEngine): Promise<ExitStatus> {
  const request = await requestOf(options, io)
  // A mistake in the path must not be told after the message has gone: who tries again sends it twice.
  if (options.save !== undefined) await checkWritable('--save', options.save)
  return withEngine(options.data ?? null, async (client) => {
    const started = await client.call('dialogue.start', request)
    if (!started.ok) {
      sayProblems(io, started.problems)
      return exitStatus.usage
    }
    const { session } = started
    const drop = { session, action: { type: 'drop' } } as const
    onCancel(io, () => void client.call('dialogue.act', drop).catch(() => undefined))
    if (options.json) io.say(`Connecting to ${options.host}, port ${options.port}.`)
    const events: TranscriptEvent[] = []
    await follow(client, 'transcript.events', { session }, (event) => {
      events.push(event)
      if (!options.json) io.out(`${describeLine(event)}\n`)
    })
    const result = await client.call('dialogue.result', { session })
    await report(options, io, client, result, events)
    if (io.cancel.aborted && result.outcome !== 'accepted') return exitStatus.cancelled
    return result.outcome === 'accepted' || result.outcome === 'stopped' ? exitStatus.ok : exitStatus.findings
  })
}

async function requestOf(options: SendOptions, io: Io): Promise<DialogueRequest> {
  const { host, port, tls, family } = options
  const mechanism = mechanismOf(options)
  const password =
    mechanism === 'none' || (mechanism === 'external' && !givesPassword(options))
      ? ''
      : await readPassword(options.user ?? '', options, io.password)
  const raw =
    options.eml === undefined ? {} : { raw: (await readGiven('--eml', options.eml)).toString('base64') }
  const from = options.from ?? options.user ?? ''
  const withMessage = ['mail', 'rcpt', 'data', 'body', 'end'].includes(options.stopAfter)
  const optional = {
    ...(options.ca === undefined ? {} : { ca: await readGivenText('--ca', options.ca) }),
    ...(await clientCertificateOf(options)),
    ...(options.serverName === undefined ? {} : { serverName: options.serverName }),
    ...(options.ehlo === undefined ? {} : { ehloName: options.ehlo }),
  }
  const timeouts = options.timeout === undefined ? {} : { connect: options.timeout, reply: options.timeout }
  const certificate = options.insecure ? 'accept' : 'check'
  return {
    target: { host, port, tls, family, certificate, timeouts, ...optional },
    auth: {
      mechanism,
      user: options.user ?? '',
      password,
      allowUnprotected: options.allowCleartextAuth,
      ...(options.initialResponse === undefined ? {} : { initialResponse: options.initialResponse }),
    },
    ...(withMessage
      ? { message: { from, to: options.to, subject: options.subject, text: options.text, ...raw } }
      : {}),
    pipelining: options.pipelining === 'on',
    stopAfter: options.stopAfter,
  }
}

/** The certificate and its key may stand in one file. */
async function clientCertificateOf({
  clientCert,
  clientKey,
}: SendOptions): Promise<Pick<DialogueRequest['target'], 'clientCertificate'>> {
  if (clientCert === undefined) {
    if (clientKey === undefined) return {}
    throw new GivenError(
      '--client-cert: --client-key is given alone. Give the certificate that it belongs to.',
    )
  }
  const cert = await readGivenText('--client-cert', clientCert)
  const key = clientKey === undefined ? cert : await readGivenText('--client-key', clientKey)
  return { clientCertificate: { cert, key } }
}

const givesPassword = ({ passwordEnv, passwordFile }: SendOptions): boolean =>
  passwordEnv !== undefined || passwordFile !== undefined

/** Who it is stands in the certificate, or in the token. */
const nameless = new Set<SendOptions['auth']>(['external', 'oauthbearer'])

/** Without a user nobody signs in; who asks for it all the same has forgotten something. */
function mechanismOf({ user, auth, passwordEnv, passwordFile }: SendOptions): SendOptions['auth'] {
  if (user !== undefined || nameless.has(auth)) return auth
  const passwords = [
    ['--password-env', passwordEnv],
    ['--password-file', passwordFile],
  ].flatMap(([option, value]) => (value === undefined ? [] : [option]))
  const asking = auth === 'auto' || auth === 'none' ? passwords[0] : `--auth ${auth}`
  if (asking === undefined) return 'none'
  throw new GivenError(`--user: there is no user for ${asking}. Give --user NAME, or leave ${asking} out.`)
}

async function report(
  options: SendOptions,
  io: Io,
  client: RpcClient,
  result: DialogueResult,
  events: TranscriptEvent[],
): Promise<void> {
  if (options.json) io.out(json(sendJson(result, events)))
  io.say(result.next === undefined ? result.message : `${result.message}\n${result.next}`)
  if (events.some(stoppedForConsent)) io.say('Here consent is given by --allow-cleartext-auth.')
  if (options.save === undefined) return
  const file = await client.call('transcript.export', { session: result.session, bodies: true })
  await writeGiven('--save', options.save, file.text)
  io.say(`Saved as ${options.save}`)
}

/** We stopped before the password, not the server. */
const stoppedForConsent = (event: TranscriptEvent): boolean =>
  event.kind === 'finding' && event.code === 'auth-needs-tls' && event.side === 'this-computer'

/** The document of `send --json`. */
export function sendJson(result: DialogueResult, events: readonly TranscriptEvent[]): object {
  const { session, outcome, message, next, recipients, reply } = result
  const findings = events.flatMap((event) => (event.kind === 'finding' ? [event] : []))
  return {
    schema: 'relayscope.send/1',
    session,
    outcome,
    message,
    next,
    recipients,
    reply,
    findings: findings.map(({ code, severity, phase, side, confidence, evidence, ...rest }) => ({
      code, severity, phase, side, confidence, evidence, message: rest.message, next: rest.next, references: rest.references,
    })), // prettier-ignore
    timings: { total: events.at(-1)?.at ?? 0 },
    transcript: events,
  }
}
