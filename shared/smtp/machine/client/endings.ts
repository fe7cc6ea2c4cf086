/** Owns: how a session ends when nobody planned it: the connection closed, reset, or a limit of time reached. */
import type { FindingCode } from '../advice.ts'
import type { Input, Outcome, Phase, TimerName } from '../types.ts'
import type { ClientCore } from './core.ts'
import { cutShort, places } from './cutShort.ts'
import { recognise } from './greeting.ts'
import { noteReply } from './replies.ts'

type Ended = Extract<Input, { type: 'ended' }>

/** What has come of a reply that was never completed is noted all the same; its octets, or null when there are none. */
function noteUnfinished(core: ClientCore): Uint8Array | null {
  const left = core.reader.flush()
  if (left !== null) noteReply(core, left, core.phase)
  return left?.raw ?? null
}

export function onEnded(core: ClientCore, { how, message }: Ended): void {
  const { phase } = core
  noteUnfinished(core)
  if (core.ending && how !== 'dropped') {
    // Everything had been said: worth a word, but no other outcome.
    if (how === 'reset') {
      core.finding('reset-unexpectedly', phase, `The server reset the connection ${places[phase]}.`, {
        severity: 'info',
      })
    }
    return core.finish(core.ending, true)
  }
  if (core.state === 'quit' && how === 'closed') {
    return core.finish({ how: 'completed', by: 'client', message: 'The session ended with QUIT.' }, true)
  }
  if (how === 'dropped') return core.finish({ how, by: 'person', message }, true)
  if (how === 'failed') return core.finish({ how, by: 'network', message }, true)
  core.finish(explain(core, how, phase), true)
}

function explain(core: ClientCore, how: 'closed' | 'reset', phase: Phase): Outcome {
  const { code, message } = cutShort(how, phase)
  core.finding(code, phase, message)
  return { how, by: how === 'closed' ? 'server' : 'network', message }
}

export function onElapsed(core: ClientCore, timer: TimerName): void {
  if (timer !== 'session' && timer !== core.timer) return
  const left = noteUnfinished(core)
  if (timer === 'session') return timeout(core, 'The session took longer than allowed.', 'reply-timeout')
  if (timer === 'greeting') return timeout(core, silence(left), 'banner-timeout')
  if (timer === 'body-block') return timeout(core, 'The content does not get through.', 'body-timeout')
  // The reply to QUIT is a courtesy: without it everything has been said all the same.
  if (core.state === 'quit' && core.ending) return core.finish(core.ending)
  timeout(core, `The server did not answer ${places[core.phase]}.`, 'reply-timeout')
}

function silence(left: Uint8Array | null): string {
  if (left === null) return 'The server accepted the connection and said nothing.'
  const service = recognise(left)
  const seen = service ? ` It seems to speak ${service}.` : ''
  return `The server accepted the connection and began a greeting without ending it.${seen}`
}

function timeout(core: ClientCore, message: string, code: FindingCode): void {
  core.finding(code, core.phase, message)
  core.finish(core.ending ?? { how: 'timeout', by: 'server', message })
}
