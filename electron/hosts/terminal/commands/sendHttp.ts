/**
 * Owns: `relayscope send --via http-form|http-json`: one message by an HTTP API, told as `send` tells one by SMTP: its
 * dialogue in words or as `relayscope.send/1`, where what only SMTP has (recipients one by one) is empty.
 */
import type { HttpSendRequest, HttpSendResult } from '#shared/rpc/contract/httpApi.ts'
import { sendReport } from '#shared/rpc/contract/sendReport.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { describeLine } from '#shared/transcript/text.ts'
import { checkWritable, readGivenText, writeGiven } from '../files.ts'
import { follow } from '../follow.ts'
import { stoppedForConsent } from './sendText.ts'
import { type HttpOptions, readApiKey } from '../httpOptions.ts'
import { type ExitStatus, exitStatus, type Io, json, onCancel, sayProblems, type WithEngine } from '../io.ts'
import { type MessageOptions, messageOf } from '../messageOptions.ts'
import type { TransportOptions } from '../transportOptions.ts'

type Transport = Pick<TransportOptions, 'insecure' | 'ca' | 'timeout' | 'allowCleartextAuth'>

export interface SendHttpOptions extends Transport, Omit<MessageOptions, 'user'>, HttpOptions {
  json: boolean
  save?: string
  data?: string
}

export async function sendHttp(
  options: SendHttpOptions,
  io: Io,
  withEngine: WithEngine,
): Promise<ExitStatus> {
  const request = await requestOf(options, io)
  if (options.save !== undefined) await checkWritable('--save', options.save)
  return withEngine(options.data ?? null, async (client) => {
    const started = await client.call('httpSend.start', request)
    if (!started.ok) {
      sayProblems(io, started.problems)
      return exitStatus.usage
    }
    const { session } = started
    onCancel(io, () => void client.call('httpSend.cancel', { session }).catch(() => undefined))
    const events: TranscriptEvent[] = []
    await follow(client, 'transcript.events', { session }, (event) => {
      events.push(event)
      if (!options.json) io.out(`${describeLine(event)}\n`)
    })
    const result = await client.call('httpSend.result', { session })
    await report(options, io, client, result, events)
    if (io.cancel.aborted && result.outcome !== 'accepted') return exitStatus.cancelled
    return result.outcome === 'accepted' ? exitStatus.ok : exitStatus.findings
  })
}

async function requestOf(options: SendHttpOptions, io: Io): Promise<HttpSendRequest> {
  const { via, url = '', apiKeyEnv, insecure, ca, timeout, allowCleartextAuth: allowUnprotected } = options
  const { message } = await messageOf(options)
  return {
    api: via === 'http-form' ? 'form' : 'json',
    url,
    key: readApiKey(apiKeyEnv, io.password),
    message,
    certificate: insecure ? 'accept' : 'check',
    allowUnprotected,
    ...(ca === undefined ? {} : { ca: await readGivenText('--ca', ca) }),
    ...(timeout === undefined ? {} : { timeout }),
  }
}

async function report(
  options: SendHttpOptions,
  io: Io,
  client: RpcClient,
  { status, ...result }: HttpSendResult,
  events: readonly TranscriptEvent[],
): Promise<void> {
  const told = sendReport({ ...result, recipients: [] }, events)
  if (options.json) io.out(json(status === undefined ? told : { ...told, status }))
  io.say([result.message, result.next ?? []].flat().join('\n'))
  if (events.some(stoppedForConsent)) io.say('Here consent is given by --allow-cleartext-auth.')
  if (options.save === undefined) return
  const file = await client.call('transcript.export', { session: result.session, bodies: true })
  await writeGiven('--save', options.save, file.text)
  io.say(`Saved as ${options.save}`)
  for (const note of file.notes) io.say(note)
}
