/** Owns: saying the next recorded line, when its turn has come and a careful client would. */
import { has } from '../../grammar/capabilities.ts'
import { maskLine } from '../../grammar/mask.ts'
import { lowerName, mechanismName } from '../../sasl/mechanisms.ts'
import { beginAuth } from '../client/auth.ts'
import type { Step } from '../client/core.ts'
import { commandLine } from '../client/lines.ts'
import { authStep } from '../client/next.ts'
import { bareEnded } from '../client/sent.ts'
import { everyRecipient } from '../client/transaction.ts'
import type { ClientAuth } from '../options.ts'
import { beginChunk } from './chunk.ts'
import { own, type ClientRun } from './clientRun.ts'
import { tlsAdvice } from './tls.ts'
import type { ClientStep } from './types.ts'

/** Says what can be said now. Call with no line at the gate. */
export function goOn(run: ClientRun): void {
  const { core } = run
  if (core.state === 'connecting' || core.state === 'handshake') return
  if (core.ending !== null) return leave(run)
  if (run.content !== null || run.waiting >= 0) return
  if (run.olderHello) return sayHelo(run)
  for (;;) {
    while (run.next < run.steps.length && run.progress[run.next] !== 'ahead') run.next++
    const step = run.steps[run.next]
    if (core.state === 'greeting' && step?.early !== true) return
    if (step === undefined) return atEnd(run)
    if (owesBareEnd(run) || !run.ready(run.next)) return
    if (!tryStep(run, step)) return
  }
}

/** The recorded server took a bare line end for a line: this one is given the time to do so too. */
const owesBareEnd = (run: ClientRun): boolean =>
  run.idle && bareEnded(run.core) && run.steps[run.last]?.answer !== undefined

/** True when the step was left out and the next one may be looked at. */
function tryStep(run: ClientRun, step: ClientStep): boolean {
  const place = run.next
  const advice = step.early ? 'go-on' : tlsAdvice(run, place)
  if (advice === 'leave-out' || isUnwanted(run, step)) {
    run.leaveOut(place)
    return true
  }
  if (advice !== 'go-on') {
    if ('refuse' in advice) stop(run, advice.refuse, 'starttls', advice.message, 'server')
    else if (run.idle) sayOwn(run, advice.first)
    return false
  }
  if (refuses(run, step)) return false
  if (run.options.waits && step.wait > 0 && run.waited !== place) {
    run.waiting = place
    run.core.out.push({ type: 'arm', timer: 'idle', ms: step.wait })
    return false
  }
  say(run, place, step)
  return false
}

const verbOf = (step: ClientStep): string | undefined => (step.kind === 'line' ? step.verb : undefined)
const sends = (step: ClientStep): boolean => step.kind === 'chunk' || verbOf(step) === 'DATA'

function isUnwanted(run: ClientRun, step: ClientStep): boolean {
  const { core } = run
  if (step.kind === 'unsayable') return true
  if (step.kind === 'auth') return run.options.auth === null || core.authenticated
  // Its DATA was not answered with 354, or it would have been said.
  if (step.kind === 'content') return true
  if (sends(step) && core.rcptAccepted === 0 && core.rcptRefused > 0 && recordedAccepted(run)) {
    run.doomed = true
    run.verdict = { how: 'refused', by: 'server', message: everyRecipient(core) }
  }
  return run.doomed && (sends(step) || verbOf(step) === 'RCPT')
}

/** In the recording a recipient of this transaction was accepted. */
function recordedAccepted({ steps, next }: ClientRun): boolean {
  for (let at = next - 1; at >= 0 && verbOf(steps[at]!) !== 'MAIL'; at--) {
    const code = steps[at]!.answer?.code ?? 0
    if (verbOf(steps[at]!) === 'RCPT' && code >= 200 && code < 300) return true
  }
  return false
}

/** Ends the replay where going on would do harm. */
function refuses(run: ClientRun, step: ClientStep): boolean {
  const { core } = run
  if (!sends(step)) return false
  const content = step.kind === 'chunk' ? step : run.steps[run.contentAfter(run.next)]
  if (content !== undefined && 'kept' in content && !content.kept) {
    const verb = step.kind === 'chunk' ? 'BDAT' : 'DATA'
    core.fail(
      'completed',
      'this-computer',
      `Stopped before ${verb}: the recording does not hold the content of the message.`,
    )
  } else if (step.kind === 'chunk' && !has(core.capabilities, 'CHUNKING')) {
    const message = 'The server does not offer CHUNKING: it would take the content of a BDAT for commands.'
    stop(run, 'extension-missing', 'body', message, 'server')
    return true
  } else return false
  leave(run)
  return true
}

type Code = Parameters<ClientRun['core']['finding']>[0]

function stop(
  run: ClientRun,
  code: Code,
  phase: 'starttls' | 'auth' | 'body',
  message: string,
  by: 'server' | 'network' | 'this-computer',
): void {
  run.core.finding(code, phase, message)
  run.core.fail('failed', code === 'starttls-stripped' ? 'network' : by, message)
  leave(run)
}

function say(run: ClientRun, place: number, step: ClientStep): void {
  const { core } = run
  if (step.kind === 'auth') return sayAuth(run, place, step.mechanism)
  if (step.kind === 'chunk') return beginChunk(run, place, step)
  if (step.kind !== 'line') return
  const { bytes, verb, phase } = step
  if (verb === 'MAIL' || verb === 'RSET' || verb === 'EHLO' || verb === 'HELO') newTransaction(run)
  if (verb === 'EHLO' || verb === 'HELO') run.anew = false
  send(run, { name: 'insert' }, { kind: 'command', phase, bytes, shown: maskLine(bytes), verb }, place)
  if (verb === 'QUIT') core.ending ??= run.verdict ?? replayed
}

const replayed = {
  how: 'completed',
  by: 'client',
  message: 'The recording was replayed to its end.',
} as const

function newTransaction(run: ClientRun): void {
  run.doomed = false
  run.core.rcptAccepted = 0
  run.core.rcptRefused = 0
}

function send(
  run: ClientRun,
  step: Step,
  line: Parameters<ClientRun['core']['send']>[1],
  place: number,
): void {
  run.core.send(step, line)
  noteLine(run, place)
}

/** The line that was made last belongs to this step. */
function noteLine(run: ClientRun, place: number): void {
  const id = [...run.core.pending.keys()].at(-1)
  if (id !== undefined) run.lines.set(id, place)
  if (place !== own) run.progress[place] = 'held'
}

function sayAuth(run: ClientRun, place: number, recorded: string): void {
  const { core, options } = run
  if (!run.idle) return
  const given = options.auth!
  const known = mechanismName(given.mechanism === 'auto' ? recorded : given.mechanism)
  if (known === null) {
    const message = `The recording uses ${recorded}, which is not known here; choose another mechanism.`
    return stop(run, 'auth-no-common-mechanism', 'auth', message, 'this-computer')
  }
  const auth: ClientAuth = { ...given, mechanism: lowerName(known) }
  core.options.auth = auth
  core.authTried = false
  const decision = authStep(core)
  if (decision !== null && 'refuse' in decision) {
    const by = decision.by === 'server' ? 'server' : 'this-computer'
    return stop(run, decision.refuse, 'auth', decision.message, by)
  }
  run.last = place
  beginAuth(core)
  noteLine(run, place)
}

/** A command that the recording does not hold at this place. */
function sayOwn(run: ClientRun, verb: 'STARTTLS' | 'EHLO'): void {
  if (verb === 'STARTTLS') return send(run, { name: 'starttls' }, commandLine({ verb }), own)
  run.anew = false
  run.core.hello = 'asked'
  const recorded = run.steps.findLast((step, place) => verbOf(step) === 'EHLO' && place < run.next)
  if (recorded?.kind === 'line') {
    const { bytes } = recorded
    return send(
      run,
      { name: 'ehlo' },
      { kind: 'command', phase: 'ehlo', bytes, shown: maskLine(bytes), verb },
      own,
    )
  }
  send(run, { name: 'ehlo' }, commandLine({ verb, name: run.options.ehloName }), own)
}

function sayHelo(run: ClientRun): void {
  if (!run.idle) return
  run.olderHello = false
  run.core.fallback = false
  run.core.hello = 'asked'
  send(run, { name: 'helo' }, commandLine({ verb: 'HELO', name: run.options.ehloName }), own)
}

function atEnd(run: ClientRun): void {
  const { core, options } = run
  if (!run.idle) return
  if (options.script.end === 'closed') {
    const message = 'The replay ended without QUIT, as the recorded client did.'
    return core.finish(run.verdict ?? { how: 'completed', by: 'client', message })
  }
  core.ending = run.verdict ?? replayed
  leave(run)
}

/** QUIT, as soon as nothing is owed; what is on the wire without a line end would swallow it. */
export function leave(run: ClientRun): void {
  const { core } = run
  if (core.state === 'greeting' || (run.idle && core.partial.length > 0)) return core.finish(core.ending!)
  if (!run.idle || core.quitIssued || !core.commanding) return
  core.quitIssued = true
  send(run, { name: 'quit' }, commandLine({ verb: 'QUIT' }), own)
}
