/**
 * Owns: a client machine that says what a recorded client said, to another server. Each input goes to the parts that any
 * session has (client/), so replies are read, secrets masked and failures named as ever; then the recording goes on as
 * far as it may. What a careful client would not do is not done, whatever was recorded: no content after a refused DATA
 * or to a server that does not know BDAT, no password in clear without consent, nothing after a STARTTLS that failed.
 */
import { flushInserts, onSkipped } from '../client.ts'
import { cancel, onDerived } from '../client/auth.ts'
import { continueContent, onContent } from '../client/content.ts'
import { onElapsed, onEnded } from '../client/endings.ts'
import { onBytes } from '../client/replies.ts'
import { bareEnded, onSent, takeBareEnds } from '../client/sent.ts'
import type { Effect, Input } from '../types.ts'
import { ClientRun, own } from './clientRun.ts'
import { onChunkContent } from './chunk.ts'
import { onReplies } from './heard.ts'
import { planReplay } from './plan.ts'
import { goOn } from './say.ts'
import type { ReplayClientMachine, ReplayClientOptions } from './types.ts'

/** Lines of a person that may wait for a moment when they can be sent. */
const mostInserts = 100

export function createReplayClient(options: ReplayClientOptions): ReplayClientMachine {
  const run = new ClientRun(options)
  const { core } = run
  return {
    handle: (input) => handle(run, input),
    plan: () => planReplay(run),
    result: () => ({
      recipients:
        core.options.transaction?.to.map(({ address }, index) => ({
          address,
          reply: core.rcptReplies[index] ?? null,
        })) ?? [],
      mail: core.mailReply,
      data: core.dataReply,
      final: core.finalReply,
      auth: core.authReply,
      mechanism: core.mechanism,
      stoppedAt: null,
    }),
    get wanted() {
      return wanted(run)
    },
    get parted() {
      return run.parted
    },
    get state() {
      return core.state
    },
    get capabilities() {
      return core.capabilities
    },
    get secured() {
      return core.secured
    },
    get authenticated() {
      return core.authenticated
    },
  }
}

function wanted({ content, steps }: ClientRun): ReplayClientMachine['wanted'] {
  if (content === null) return null
  const step = steps[content.step]!
  if (step.kind === 'content') return { body: step.body, from: content.from, size: step.size - content.from }
  if (step.kind !== 'chunk') return null
  return { body: step.body, from: step.offset + content.from, size: step.size - content.from }
}

function handle(run: ClientRun, input: Input): Effect[] {
  const { core } = run
  if (core.state === 'done') return []
  core.out = []
  take(run, input)
  proceed(run)
  return core.out
}

function take(run: ClientRun, input: Input): void {
  const { core } = run
  switch (input.type) {
    case 'opened':
      if (core.state !== 'connecting') return
      core.secured = input.tls ?? null
      core.move('opened')
      announceGaps(run)
      return core.arm('greeting', core.timeouts.greeting)
    case 'bytes':
      return onOctets(run, input.bytes)
    case 'secured':
      if (core.state !== 'handshake') return
      core.secured = input.tls
      run.anew = true
      return core.move('secured')
    case 'ended':
      if (input.how !== 'dropped') core.ending ??= run.verdict
      return onEnded(core, input)
    case 'elapsed':
      if (input.timer !== 'idle') return onElapsed(core, input.timer)
      run.waited = run.waiting
      run.waiting = -1
      return
    case 'drained':
      return core.timer === 'body-block' && !core.content?.pulled ? core.disarm() : undefined
    case 'sent':
      return sent(run, input.id, input.bytes)
    case 'skipped':
      return skipped(run, input.id)
    case 'insert':
      if (core.inserts.length + core.pending.size < mostInserts) core.inserts.push(input.bytes)
      return
    case 'content':
      return onStretch(run, input.bytes, input.last)
    case 'finish':
      run.finishing = true
      return core.fail('completed', 'person', 'The replay was ended by hand.')
    case 'derived':
      return onDerived(core, input.id, input.key)
    case 'answer':
    case 'next':
      return
  }
}

/** Told at the start, so that a person who reads along knows what will be missing. */
function announceGaps({ core, options }: ClientRun): void {
  const whys = options.script.steps.flatMap((step) =>
    step.kind === 'unsayable'
      ? [step.why]
      : 'kept' in step && !step.kept
        ? ['the message content, which is not kept with the recording']
        : step.kind === 'auth' && options.auth === null
          ? ['AUTH, because no user was given']
          : [],
  )
  const list = [...new Set(whys)]
  if (list.length === 0) return
  const more = list.length > 5 ? `; and ${list.length - 5} more` : ''
  core.finding('replay-left-out', 'other', `Left out: ${list.slice(0, 5).join('; ')}${more}.`)
}

/** Line by line, so that each reply is compared with the recorded one before the next is read. */
function onOctets(run: ClientRun, bytes: Uint8Array): void {
  const { core } = run
  if (core.reading && core.expected.length === 0 && bareEnded(core)) {
    takeBareEnds(core)
    run.claim(run.last)
  }
  let start = 0
  while (start < bytes.length && core.state !== 'done') {
    const at = bytes.indexOf(10, start)
    const end = at < 0 ? bytes.length : at + 1
    onReplies(run, () => onBytes(core, bytes.subarray(start, end)))
    start = end
  }
}

function sent(run: ClientRun, id: number, bytes?: Uint8Array): void {
  const { core } = run
  const pending = core.pending.get(id)
  if (pending === undefined) return
  const place = run.lines.get(id) ?? placeOf(run, pending.step.name)
  run.lines.delete(id)
  onSent(core, id, bytes)
  // What a person added has replies that are nobody's.
  run.claim(place)
  if (place === own) return
  run.last = place
  if (run.progress[place] === 'held') run.progress[place] = 'said'
}

/** Lines that the parts send by themselves: the rounds of AUTH, blocks of content and their end. */
function placeOf(run: ClientRun, name: string): number {
  if (name === 'response' || name === 'cancel') return run.last
  return name === 'body' || name === 'end' ? (run.content?.step ?? own) : own
}

function skipped(run: ClientRun, id: number): void {
  const place = run.lines.get(id)
  run.lines.delete(id)
  if (place !== undefined) run.leaveOut(place)
  onSkipped(run.core, id)
}

function onStretch(run: ClientRun, bytes: Uint8Array, last: boolean): void {
  const { content, steps } = run
  const step = content === null ? undefined : steps[content.step]
  if (content === null || step === undefined) return
  content.from += bytes.length
  if (step.kind === 'chunk') return onChunkContent(run, step, bytes)
  onContent(run.core, bytes, last && step.kind === 'content' && content.from >= step.size)
}

function proceed(run: ClientRun): void {
  const { core } = run
  if (core.state === 'done') return
  if (core.reading) {
    const before = new Set(core.pending.keys())
    flushInserts(core)
    for (const id of core.pending.keys()) if (!before.has(id)) run.lines.set(id, own)
  }
  if (core.pending.size > 0) return
  if (core.state === 'content') return proceedContent(run)
  if (core.challenged) {
    if (core.ending && core.exchange?.cancelled !== true) cancel(core)
    return
  }
  goOn(run)
}

function proceedContent(run: ClientRun): void {
  const { core, content } = run
  const step = content === null ? undefined : run.steps[content.step]
  if (core.ending !== null && core.content?.empty === false) return core.finish(core.ending)
  if (step?.kind === 'content' && !step.whole && core.content?.last === true)
    return core.finish({
      how: 'completed',
      by: 'client',
      message:
        'The recorded client broke off inside the message, and so did the replay: nothing was delivered.',
    })
  continueContent(core)
}
