/** Owns: what a reply means for the replay: whether the server parted from the recording, and what may follow then. */
import { toByteString } from '../../../bytes/bytes.ts'
import type { Effect, Note } from '../types.ts'
import { own, type ClientRun } from './clientRun.ts'
import { compare } from './parting.ts'
import type { Answer, ClientStep } from './types.ts'

type ReplyNote = Extract<Note, { kind: 'reply' }>

/** Feeds octets that hold the end of one reply at most, and judges that reply before anything is made of its outcome. */
export function onReplies(run: ClientRun, feed: () => void): void {
  const { core } = run
  const greeting = core.state === 'greeting'
  const head = greeting ? undefined : core.expected[0]
  const before = core.out.length
  feed()
  const at = core.out.findIndex((effect, place) => place >= before && isReply(effect))
  if (at < 0) return
  const effect = core.out[at]!
  const place = head === undefined ? undefined : run.owed.get(head)
  if (head !== undefined) run.owed.delete(head)
  if (!greeting && place === undefined) return
  // A finding stands beside the reply that it is about, and nothing may follow `done`.
  const tail = core.out.splice(at + 1)
  const step = place === undefined ? undefined : run.steps[place]
  judge(run, step, place ?? own, answerOf(effect), greeting)
  // Where the judgement ended the session, that comes after what the reply itself did.
  const end = core.out.findIndex((one, index) => index > at && (one.type === 'close' || one.type === 'done'))
  core.out.splice(end < 0 ? core.out.length : end, 0, ...tail)
}

const isReply = (effect: Effect): effect is { type: 'note'; note: ReplyNote } =>
  effect.type === 'note' && effect.note.kind === 'reply'

function answerOf(effect: Effect): Answer {
  if (!isReply(effect)) return { text: '' }
  const { code, shown } = effect.note
  const text = (toByteString(shown.bytes).split(/[\r\n]/, 1)[0] ?? '').slice(0, 300)
  return code === undefined ? { text } : { code, text }
}

function judge(
  run: ClientRun,
  step: ClientStep | undefined,
  place: number,
  now: Answer,
  greeting: boolean,
): void {
  const { core } = run
  if (step === undefined && !greeting) return onOwn(run)
  if (step?.kind === 'auth' && now.code === 334) return
  const agreed = compare(run, step, now)
  if (core.state === 'done') return
  if (step === undefined) return onGreeting(run, agreed)
  if (step.kind === 'auth') return agreed ? forgive(run) : undefined
  if (step.kind === 'content' || step.kind === 'chunk') return onContentAnswer(run, step, now)
  if (step.kind === 'line') onLineAnswer(run, step, place, now, agreed)
}

/** The recorded client went on after the same answer: so does the replay, unless a person wants its end. */
function forgive(run: ClientRun): void {
  const { core } = run
  if (run.finishing || core.ending === null) return
  run.verdict = core.ending
  core.ending = null
}

/** A line that no recording holds: HELO follows an EHLO that is not known (RFC 5321 §3.2). */
function onOwn(run: ClientRun): void {
  if (run.core.fallback) run.olderHello = true
}

function onGreeting(run: ClientRun, agreed: boolean): void {
  const { core } = run
  if (agreed) forgive(run)
  const [owed] = core.expected
  if (owed) core.arm(owed.timer, owed.ms)
}

function onContentAnswer(run: ClientRun, step: ClientStep, now: Answer): void {
  if (step.kind === 'content') run.content = null
  // Only the end of data was sent: the verdict stands already.
  if (run.core.ending?.how === 'refused' && !isBad(now)) run.core.ending = null
  forgive(run)
  if (step.kind === 'chunk' && isBad(now)) run.doomed = true
}

const isBad = ({ code }: Answer): boolean => code === undefined || code >= 400

type Line = Extract<ClientStep, { kind: 'line' }>

function onLineAnswer(run: ClientRun, step: Line, place: number, now: Answer, agreed: boolean): void {
  const { core } = run
  if (step.verb === 'EHLO' || step.verb === 'HELO') {
    // The recording itself has the HELO that follows a refused EHLO.
    if (core.fallback && !agreed) run.olderHello = true
    core.fallback = run.olderHello
    if (agreed) forgive(run)
  } else if (step.verb === 'MAIL') {
    run.doomed = isBad(now) && !agreed
    forgive(run)
  } else if (step.verb === 'DATA') {
    if (now.code === 354 && core.state === 'content') openContent(run, place)
    else forgive(run)
  }
}

/** The server reads content now: the recorded one follows, or nothing does and the connection ends. */
function openContent(run: ClientRun, place: number): void {
  const { core } = run
  const step = run.contentAfter(place)
  if (step >= 0) {
    run.progress[step] = 'said'
    run.content = { step, from: 0 }
    if (core.content?.empty && !run.finishing) run.verdict = core.ending
    if (core.content?.empty && !run.finishing) core.ending = null
    return
  }
  if (core.content?.empty) return
  // An end of data would deliver an empty message, and anything else would be one.
  core.finish({
    how: 'completed',
    by: 'client',
    message:
      'The server asks for content, and the recording has none: the connection was closed, nothing was delivered.',
  })
}
