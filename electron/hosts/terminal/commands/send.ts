/**
 * Owns: `relayscope send`: one authenticated test message, its dialogue in words or as the document `relayscope.send/1`
 * (shared/rpc/contract/sendReport.ts), optionally kept as a case file.
 */
import type { DialogueRequest, DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { sendReport } from '#shared/rpc/contract/sendReport.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { describeLine } from '#shared/transcript/text.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { checkWritable, writeGiven } from '../files.ts'
import { follow } from '../follow.ts'
import { type ExitStatus, exitStatus, type Io, json, onCancel, sayProblems, type WithEngine } from '../io.ts'
import type { HttpOptions } from '../httpOptions.ts'
import { type ManyOptions, sendsMany } from '../manyOptions.ts'
import { type MessageOptions, messageOf } from '../messageOptions.ts'
import { needsMessage } from '../stopArgument.ts'
import { type TransportOptions, transportOf } from '../transportOptions.ts'
import { sendHttp } from './sendHttp.ts'
import { sendMany } from './sendMany.ts'
import { recipientLines, stoppedForConsent } from './sendText.ts'

export interface SendOptions extends TransportOptions, MessageOptions, ManyOptions, HttpOptions {
  json: boolean
  save?: string
  data?: string
}

export async function send(options: SendOptions, io: Io, withEngine: WithEngine): Promise<ExitStatus> {
  if ((options.via ?? 'smtp') !== 'smtp') return sendHttp(options, io, withEngine)
  const many = sendsMany(options)
  const request = await requestOf(options, io)
  if (many) return withEngine(options.data ?? null, (client) => sendMany(options, request, client, io))
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
    return statusOf(result, events)
  })
}

/** A message that was taken in a dialogue with an error beside it is found out here, not by who reads on. */
function statusOf({ outcome }: DialogueResult, events: readonly TranscriptEvent[]): ExitStatus {
  const error = events.some((event) => event.kind === 'finding' && event.severity === 'error')
  const good = outcome === 'accepted' || outcome === 'stopped'
  return good && !error ? exitStatus.ok : exitStatus.findings
}

async function requestOf(options: SendOptions, io: Io): Promise<DialogueRequest> {
  const message = needsMessage(options.stopAfter) ? await messageOf(options) : {}
  return { ...(await transportOf(options, io)), ...message }
}

async function report(
  options: SendOptions,
  io: Io,
  client: RpcClient,
  result: DialogueResult,
  events: TranscriptEvent[],
): Promise<void> {
  if (options.json) io.out(json(sendReport(result, events)))
  io.say([result.message, ...recipientLines(result), result.next ?? []].flat().join('\n'))
  if (events.some(stoppedForConsent)) io.say('Here consent is given by --allow-cleartext-auth.')
  if (options.save === undefined) return
  const file = await client.call('transcript.export', { session: result.session, bodies: true })
  await writeGiven('--save', options.save, file.text)
  io.say(`Saved as ${options.save}`)
  for (const note of file.notes) io.say(note)
}
