/** Owns: a run in words: what came of it as a whole, and what to do next. */
import type { ManyFailure, ManyProgress, ManyResult } from '#shared/rpc/contract/many.ts'

export interface RunFacts {
  cancelled: boolean
  host: string
}

type Words = Pick<ManyResult, 'outcome' | 'message' | 'next'>

const number = (value: number): string => value.toLocaleString('en-US')
const messages = (count: number): string => `${number(count)} ${count === 1 ? 'message' : 'messages'}`

/** The outcome is that of the messages together: `accepted` when every one was taken. */
export function describeRun(figures: ManyProgress, { cancelled, host }: RunFacts): Words {
  const { accepted, partly, rejected, failed, unsent, messages: all } = figures
  const rest = [
    ...(partly > 0 ? [`${number(partly)} of them not for every recipient`] : []),
    ...(rejected > 0 ? [`refused ${number(rejected)}`] : []),
    ...(failed > 0 ? [`${number(failed)} failed`] : []),
    ...(unsent > 0 ? [`${number(unsent)} were not sent`] : []),
  ]
  const took = `${host} took ${accepted === all ? (all === 1 ? 'the message' : `all ${messages(all)}`) : `${number(accepted)} of ${messages(all)}`}`
  const message = [took, ...rest].join(', ') + speed(figures)
  const next = nextOf(figures, cancelled)
  return { outcome: outcomeOf(figures, cancelled), message, ...(next === undefined ? {} : { next }) }
}

function outcomeOf(figures: ManyProgress, cancelled: boolean): Words['outcome'] {
  const { accepted, rejected, failed, unsent, messages: all, partly } = figures
  if (cancelled && unsent > 0) return 'stopped'
  if (accepted === all) return partly > 0 ? 'partly-accepted' : 'accepted'
  if (accepted > 0) return 'partly-accepted'
  return rejected > 0 && failed === 0 ? 'rejected' : 'failed'
}

function speed({ average, accepted, elapsed }: ManyProgress): string {
  if (accepted === 0) return '.'
  const seconds = elapsed / 1e6
  const time = seconds < 10 ? seconds.toFixed(1) : number(Math.round(seconds))
  return ` in ${time} s, ${average < 10 ? average.toFixed(1) : number(Math.round(average))} a second.`
}

function nextOf(figures: ManyProgress, cancelled: boolean): string | undefined {
  const { unsent, failures, backedOff } = figures
  if (unsent > 0 && cancelled) return 'You ended it. What was answered until then is counted above.'
  const worst = failures[0]
  if (unsent > 0)
    return `No connection worked any more, so the rest was not tried. ${worst?.next ?? 'Open the example and see what the server says.'}`
  if (worst)
    return `Most frequent: ${nameOf(worst)}, ${worst.count === 1 ? 'once' : `${number(worst.count)} times`}. Open its example to see the dialogue.`
  if (backedOff.times > 0)
    return 'The server asked to be left alone for a while. Send more slowly, or over fewer connections.'
  return undefined
}

/** As it stands in the list: one finding may be there with several replies. */
function nameOf({ code, message }: ManyFailure): string {
  const [reply] = /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?(?!\d)/.exec(message) ?? []
  return reply === undefined ? code : `${code} (${reply.replace('-', ' ')})`
}
