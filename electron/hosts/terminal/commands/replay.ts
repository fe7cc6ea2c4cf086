/**
 * Owns: `relayscope replay FILE`: the client side of a recorded dialogue to the server that is named (--to), or its server
 * side on a port of this computer until Ctrl+C (--listen).
 *
 * The document of --json with --to is that of `send --json`; with --listen each line is a SessionSummary of a client's
 * session that has ended (shared/transcript/event.ts).
 */
import type { Auth, DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { describeLine } from '#shared/transcript/text.ts'
import { checkWritable, GivenError, readGivenText, writeGiven } from '../files.ts'
import { follow } from '../follow.ts'
import { type ExitStatus, exitStatus, type Io, json, jsonLine, onCancel, sayProblems, shown, type WithEngine } from '../io.ts' // prettier-ignore
import { given } from '../given.ts'
import { authOf, clientCertificateOf, type SignInOptions } from '../signIn.ts'
import { sendReport } from '#shared/rpc/contract/sendReport.ts'

type ClientCertificate = DialogueRequest['target']['clientCertificate']

export interface ReplayOptions extends SignInOptions {
  to?: { host: string; port: number }
  listen?: { address: string; port: number }
  tls: 'none' | 'starttls' | 'opportunistic' | 'implicit'
  insecure: boolean
  ca?: string
  serverName?: string
  timeout?: number
  pace: 'fast' | 'recorded'
  pick: number
  json: boolean
  save?: string
  data?: string
}

export async function replay(
  file: string,
  options: ReplayOptions,
  io: Io,
  withEngine: WithEngine,
): Promise<ExitStatus> {
  if ((options.to === undefined) === (options.listen === undefined))
    throw new GivenError(
      'Say where: --to HOST:PORT sends the client side, --listen ADDRESS:PORT answers as the server did.',
    )
  const text = await readGivenText('<file>', file)
  if (options.save !== undefined) await checkWritable('--save', options.save)
  const auth = options.to === undefined ? undefined : await authOf(options, io)
  const clientCertificate = options.to === undefined ? undefined : await clientCertificateOf(options, io)
  return withEngine(options.data ?? null, async (client) => {
    const session = await imported(client, text, file, options.pick, io)
    if (session === null) return exitStatus.usage
    return options.to === undefined
      ? listen(session, options, io, client)
      : sayAgain(
          session,
          given({ auth: auth?.mechanism === 'none' ? undefined : auth, clientCertificate }),
          options,
          io,
          client,
        )
  })
}

async function imported(
  client: RpcClient,
  text: string,
  file: string,
  pick: number,
  io: Io,
): Promise<string | null> {
  const { sessions, problems } = await client.call('transcript.import', { text })
  for (const problem of problems) io.say(`${file}: ${problem}`)
  const session = sessions[pick - 1]
  if (session !== undefined) return session
  io.say(
    sessions.length === 0
      ? `${file} holds no dialogue.`
      : `--pick ${pick}: ${file} holds ${sessions.length}.`,
  )
  return null
}

async function sayAgain(
  session: string,
  { auth, clientCertificate }: { auth?: Auth; clientCertificate?: ClientCertificate },
  options: ReplayOptions,
  io: Io,
  client: RpcClient,
): Promise<ExitStatus> {
  const { to, tls, timeout, pace } = options
  if (to === undefined) return exitStatus.usage
  const target = {
    ...to,
    tls,
    certificate: options.insecure ? ('accept' as const) : ('check' as const),
    ...(options.ca === undefined ? {} : { ca: await readGivenText('--ca', options.ca) }),
    ...given({ serverName: options.serverName, clientCertificate }),
    ...(timeout === undefined ? {} : { timeouts: { connect: timeout, reply: timeout } }),
  }
  const started = await client.call('replay.client', { session, target, pace, ...(auth ? { auth } : {}) })
  if (!started.ok) {
    sayProblems(io, started.problems)
    return exitStatus.usage
  }
  const key = { session: started.session }
  onCancel(
    io,
    () => void client.call('dialogue.act', { ...key, action: { type: 'drop' } }).catch(() => undefined),
  )
  const events: TranscriptEvent[] = []
  await follow(client, 'transcript.events', key, (event) => {
    events.push(event)
    if (!options.json) io.out(`${describeLine(event)}\n`)
  })
  const result = await client.call('dialogue.result', key)
  if (options.json) io.out(json(sendReport(result, events)))
  io.say(result.next === undefined ? result.message : `${result.message}\n${result.next}`)
  if (options.save !== undefined) {
    const kept = await client.call('transcript.export', { ...key, bodies: true })
    await writeGiven('--save', options.save, kept.text)
    io.say(`Saved as ${options.save}. Compare: relayscope diff RECORDING ${options.save}`)
    for (const note of kept.notes) io.say(note)
  }
  if (io.cancel.aborted && result.outcome !== 'accepted') return exitStatus.cancelled
  const parted = events.some((event) => event.kind === 'finding' && event.code === 'replay-differs')
  return !parted && (result.outcome === 'accepted' || result.outcome === 'stopped')
    ? exitStatus.ok
    : exitStatus.findings
}

async function listen(
  session: string,
  options: ReplayOptions,
  io: Io,
  client: RpcClient,
): Promise<ExitStatus> {
  const opened = await client.call('replay.server', {
    session,
    pace: options.pace,
    ...(options.listen ? { listener: options.listen } : {}),
  })
  if (!opened.ok) {
    sayProblems(io, opened.problems)
    return exitStatus.usage
  }
  const { replay: port } = opened
  io.say(
    `Answering as recorded on ${port.address}:${port.port}, TLS ${port.tls}. Point your client there; Ctrl+C ends it.`,
  )
  for (const note of port.notes) io.say(note)
  const { caFile } = await client.call('app.info', {})
  if (port.tls !== 'none')
    io.say(
      `Its certificate is of the authority of this computer, which clients must trust: give yours the file ${caFile}, as with --ca FILE of send.`,
    )
  const told = new Set<string>()
  const subscription = client.stream('transcript.changes', {}, {
    batch: ({ events }) => {
      for (const change of events) {
        if (change.type !== 'put' || change.summary.replayOf !== session || change.summary.state !== 'ended') continue
        const { id, host, words } = change.summary
        if (told.has(id)) continue
        told.add(id)
        io.out(options.json ? jsonLine(change.summary) : `${shown(host)}  ${shown(words)}  (${id})\n`)
      }
    },
    closed: () => undefined,
  }) // prettier-ignore
  await new Promise<void>((resolve) => onCancel(io, resolve))
  subscription.close()
  await client.call('replay.stop', { id: port.id })
  return exitStatus.ok
}
