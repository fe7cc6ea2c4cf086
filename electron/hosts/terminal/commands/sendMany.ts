/**
 * Owns: `relayscope send --count N`: many messages, how they get on while they go, and what came of them in words or as
 * the document `relayscope.many/1` (shared/rpc/contract/manyReport.ts).
 */
import type { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import type { ManyProgress, ManyResult, Percentiles } from '#shared/rpc/contract/many.ts'
import { manyReport } from '#shared/rpc/contract/manyReport.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { follow } from '../follow.ts'
import { type ExitStatus, exitStatus, type Io, json, onCancel, sayProblems, shown } from '../io.ts'
import { type ManyOptions, manyRequest } from '../manyOptions.ts'

/** Ctrl+C ends it politely; what was answered until then is reported. */
export async function sendMany(
  options: ManyOptions & { json: boolean },
  request: DialogueRequest,
  client: RpcClient,
  io: Io,
): Promise<ExitStatus> {
  const started = await client.call('many.start', manyRequest(options, request))
  if (!started.ok) {
    sayProblems(io, started.problems)
    return exitStatus.usage
  }
  const { id } = started
  onCancel(io, () => void client.call('many.cancel', { id }).catch(() => undefined))
  let pauses = 0
  await follow(client, 'many.progress', { id }, (progress) => {
    io.status?.(progress.done ? '' : progressLine(progress))
    if (progress.backedOff.times > pauses) io.say(pauseLine(progress))
    pauses = progress.backedOff.times
  })
  const result = await client.call('many.result', { id })
  const { host, port } = request.target
  io.out(options.json ? json(manyReport(result, { host, port })) : `${resultLines(result).join('\n')}\n`)
  io.say([result.message, result.next ?? []].flat().join('\n'))
  if (result.failures.some(({ code }) => code === 'auth-needs-tls'))
    io.say('Here consent is given by --allow-cleartext-auth.')
  if (io.cancel.aborted && result.unsent > 0) return exitStatus.cancelled
  return result.outcome === 'accepted' ? exitStatus.ok : exitStatus.findings
}

const number = (value: number): string => value.toLocaleString('en-US')

/** As `1,200 of 5,000, 3 refused, 0 failed; 480 a second over 20 connections`. */
export function progressLine(progress: ManyProgress): string {
  const { accepted, messages, rejected, failed, rate, connections, phase } = progress
  const state = {
    running: '',
    'backing-off': '; paused, as the server asked',
    cancelling: '; ending',
    done: '',
  }[phase]
  return `${number(accepted)} of ${number(messages)}, ${number(rejected)} refused, ${number(failed)} failed; ${number(Math.round(rate))} a second over ${connections.open} ${connections.open === 1 ? 'connection' : 'connections'}${state}`
}

const pauseLine = ({ backedOff }: ManyProgress): string =>
  `The server asks to be left alone for a while, so sending pauses: ${shown(backedOff.message ?? '')}`

/** Figures one a line, for reading. */
export function resultLines(result: ManyResult): string[] {
  const { accepted, rejected, failed, unsent, connections, backedOff } = result
  return [
    row('accepted', number(accepted)),
    row('refused', number(rejected)),
    row('failed', number(failed)),
    ...(unsent > 0 ? [row('not sent', number(unsent))] : []),
    row('rate', `${result.average.toFixed(1)} a second`),
    row('connections', `${number(connections.opened)}, ${number(connections.failed)} of them failed`),
    ...(backedOff.times > 0 ? [row('pauses', `${number(backedOff.times)}, as the server asked`)] : []),
    ...timeLine('connect', result.connect),
    ...timeLine('message', result.latency),
    ...result.failures.map(
      ({ code, count, message }) => `${number(count).padStart(10)}  ${code}: ${shown(message)}`,
    ),
  ]
}

const row = (name: string, value: string): string => `${name.padEnd(12)} ${value}`

function timeLine(name: string, times: Percentiles | null): string[] {
  if (times === null) return []
  const { p50, p90, p99, p999, max } = times
  return [row(name, `p50 ${ms(p50)}, p90 ${ms(p90)}, p99 ${ms(p99)}, p99.9 ${ms(p999)}, longest ${ms(max)}`)]
}

const ms = (micros: number): string => `${(micros / 1000).toFixed(micros < 10_000 ? 2 : 0)} ms`
