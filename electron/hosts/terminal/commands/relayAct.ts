/**
 * Owns: `relayscope relay retry|pause|resume|drop`: what is done to entries of the queue of a relay that runs.
 *
 * Status 0: it was done; 1: nothing was there to do it to, or some of what was named was not; 2: nothing that runs can be
 * reached.
 */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import type { WithRunning } from '../control.ts'
import { type ExitStatus, exitStatus, type Io, json, sayProblems, shown } from '../io.ts'
import { awakeRelay } from './relayAwake.ts'

export type QueueVerb = 'retry' | 'pause' | 'resume' | 'drop'

export interface RelayActOptions {
  domain?: string
  all: boolean
  data?: string
  json: boolean
}

type Act = CallInput<'relay.act'>

const acts = { retry: 'retry', pause: 'hold', resume: 'release', drop: 'drop' } as const satisfies Record<QueueVerb, Act['act']> // prettier-ignore
const doneWords: Record<QueueVerb, string> = {
  retry: 'tried now',
  pause: 'held',
  resume: 'let go on',
  drop: 'dropped',
}

export async function relayAct(
  verb: QueueVerb,
  ids: readonly string[],
  options: RelayActOptions,
  io: Io,
  withRunning: WithRunning,
): Promise<ExitStatus> {
  return withRunning(options.data, async (client) => {
    await awakeRelay(client)
    return options.all && (verb === 'pause' || verb === 'resume')
      ? setPaused(verb === 'pause', options, io, client)
      : act(verb, ids, options, io, client)
  })
}

async function setPaused(paused: boolean, options: RelayActOptions, io: Io, client: RpcClient): Promise<ExitStatus> {
  const { status, problems } = await client.call('relay.setSettings', { paused })
  sayProblems(io, problems)
  const { settings, counts } = status
  const open = counts.waiting + counts.delivering + counts.held
  const words = settings.paused ? `Deliveries are paused, ${open} in the queue.` : `Deliveries go on, ${open} in the queue.`
  io.out(options.json ? json({ schema: 'relayscope.relay-act/1', paused: settings.paused, open }) : `${words}\n`)
  return problems.length > 0 ? exitStatus.findings : exitStatus.ok
} // prettier-ignore

/** One call for each name, so that it can be said which of them is not there. */
const targetsOf = (ids: readonly string[], { domain }: RelayActOptions): Act['target'][] =>
  domain !== undefined
    ? [{ domain }]
    : ids.length === 0
      ? [{ all: true }]
      : [...new Set(ids)].map((id) => ({ ids: [id] }))

async function act(
  verb: QueueVerb,
  ids: readonly string[],
  options: RelayActOptions,
  io: Io,
  client: RpcClient,
): Promise<ExitStatus> {
  const missing: string[] = []
  let [done, failed] = [0, false]
  for (const target of targetsOf(ids, options)) {
    const answer = await client.call('relay.act', { act: acts[verb], target })
    sayProblems(io, answer.problems)
    failed ||= answer.problems.length > 0
    done += answer.done
    if (answer.done === 0) missing.push('ids' in target ? target.ids[0]! : (options.domain ?? ''))
  }
  const paused =
    (verb === 'retry' || verb === 'resume') && (await client.call('relay.status', {})).settings.paused
  const did = verb === 'retry' && paused ? 'to be tried when deliveries go on' : doneWords[verb]
  const words = `${done} ${done === 1 ? 'entry' : 'entries'} ${did}.`
  io.out(
    options.json
      ? json({ schema: 'relayscope.relay-act/1', act: verb, done, missing: missing.filter(Boolean) })
      : `${words}\n`,
  )
  if (missing.length > 0) io.say(missingWords(verb, missing))
  if (paused) io.say('Deliveries are paused: nothing goes before relay resume --all.')
  return failed || missing.length > 0 ? exitStatus.findings : exitStatus.ok
}

function missingWords(verb: QueueVerb, missing: readonly string[]): string {
  const what = verb === 'resume' ? 'held' : 'open'
  const named = missing.filter(Boolean).map((one) => shown(one.slice(0, 255)))
  const some = `${named.slice(0, 20).join(', ')}${named.length > 20 ? ` and ${named.length - 20} more` : ''}`
  return named.length === 0
    ? `No entry is ${what}.`
    : `Nothing of ${some} is ${what}; relay queue shows what is.`
}
