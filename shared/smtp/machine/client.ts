/**
 * Owns: the client machine: it takes inputs one at a time, hands each to the part that knows it (client/), and then goes
 * on as far as the protocol allows. All state is in client/core.ts; states and edges are in table.ts.
 */
import { knownVerb } from '../grammar/command.ts'
import { printCommand } from '../grammar/printCommand.ts'
import { beginAuth, cancel, onDerived } from './client/auth.ts'
import { usesBdat } from './client/chunking.ts'
import { beginContent, continueContent, onContent } from './client/content.ts'
import { ClientCore, type Pending, type Step } from './client/core.ts'
import { onElapsed, onEnded } from './client/endings.ts'
import { commandLine } from './client/lines.ts'
import { checkCredentials } from './client/means.ts'
import { nextStep } from './client/next.ts'
import { mailParameters, rcptParameters } from './client/parameters.ts'
import { planLines } from './client/plan.ts'
import { onBytes } from './client/replies.ts'
import { bareEnded, onSent, takeBareEnds } from './client/sent.ts'
import { askNext, onNext } from './client/series.ts'
import { noteShortfalls } from './client/shortfalls.ts'
import { stopInCommands } from './client/stop.ts'
import { everyRecipient } from './client/transaction.ts'
import type { ClientMachine, ClientOptions, ClientResult } from './options.ts'
import type { Effect, Input } from './types.ts'

/** Lines of a person that may wait for a moment when they can be sent. */
const mostInserts = 100

/** A client session with these options. Throws RangeError naming the option that can never be sent (a line end inside). */
export function createClientMachine(options: ClientOptions): ClientMachine {
  check(options)
  const core = new ClientCore(options)
  return {
    handle: (input) => handle(core, input),
    plan: () => planLines(core),
    result: () => result(core),
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

/** Printing every command once shows at the start, not in the middle of a session, what cannot be said. */
function check({ ehloName, transaction, auth }: ClientOptions): void {
  if (auth) checkCredentials(auth)
  printCommand({ verb: 'EHLO', name: ehloName })
  if (transaction === null) return
  printCommand({ verb: 'MAIL', path: transaction.from, parameters: transaction.fromParameters })
  for (const { address, parameters } of transaction.to) {
    printCommand({ verb: 'RCPT', path: address, parameters })
  }
  if (transaction.to.length === 0)
    throw new RangeError('transaction.to is empty; name one recipient at least')
}

function handle(core: ClientCore, input: Input): Effect[] {
  if (core.state === 'done') return []
  core.out = []
  take(core, input)
  proceed(core)
  return core.out
}

function take(core: ClientCore, input: Input): void {
  switch (input.type) {
    case 'opened':
      if (core.state !== 'connecting') return
      core.secured = input.tls ?? null
      core.move('opened')
      return core.arm('greeting', core.timeouts.greeting)
    case 'bytes':
      if (core.reading && core.expected.length === 0 && bareEnded(core)) takeBareEnds(core)
      return onBytes(core, input.bytes)
    case 'secured':
      if (core.state !== 'handshake') return
      core.secured = input.tls
      return core.move('secured')
    case 'ended':
      return onEnded(core, input)
    case 'elapsed':
      return onElapsed(core, input.timer)
    case 'drained':
      return core.timer === 'body-block' && !core.content?.pulled ? core.disarm() : undefined
    case 'sent':
      return onSent(core, input.id, input.bytes)
    case 'skipped':
      return onSkipped(core, input.id)
    case 'insert':
      if (core.inserts.length + core.pending.size < mostInserts) core.inserts.push(input.bytes)
      return
    case 'content':
      return onContent(core, input.bytes, input.last)
    case 'finish':
      return core.fail('completed', 'person', 'The session was ended by hand.')
    case 'next':
      return onNext(core, input.transaction)
    case 'derived':
      return onDerived(core, input.id, input.key)
    case 'answer':
      return
  }
}

/** Says what can be said now. */
function proceed(core: ClientCore): void {
  if (core.reading) flushInserts(core)
  if (core.pending.size > 0) return
  if (core.state === 'content' || core.content !== null) return proceedContent(core)
  if (core.state === 'auth' && core.challenged && core.ending && !core.exchange?.cancelled)
    return cancel(core)
  if (core.state === 'greeting' && core.ending) return core.finish(core.ending)
  // A line that ends in a bare LF may be answered: what goes on its heels would be read as a part of it.
  if (core.commanding && !core.challenged && !(bareEnded(core) && core.expected.length === 0)) advance(core)
}

function proceedContent(core: ClientCore): void {
  const { content, ending } = core
  if (content?.encoding === 'data' && ending && content.endIssued) return core.finish(ending)
  if (content?.encoding === 'data' && ending && !content.empty) return core.finish(ending)
  if (content?.encoding === 'bdat' && ending) {
    // RFC 3030 §2: chunks without LAST are discarded; QUIT may follow any of them.
    core.content = null
    return advance(core)
  }
  flow(core)
}

/** Goes on with the content; where that stops between two chunks, with what follows. */
function flow(core: ClientCore): void {
  continueContent(core)
  if (core.content === null && core.ending !== null && core.commanding) advance(core)
}

export function flushInserts(core: ClientCore): void {
  for (const bytes of core.inserts.splice(0)) {
    const shown = core.maskTyped(bytes)
    const verb = knownVerb(bytes) ?? undefined
    const kind = core.state === 'content' ? 'body' : 'command'
    core.send({ name: 'insert' }, { kind, phase: 'other', bytes, shown, verb })
  }
}

function advance(core: ClientCore): void {
  const decision = nextStep(core)
  if ('wait' in decision) return
  if ('do' in decision) return begin(core, decision.do)
  if ('ask' in decision) return askNext(core)
  if ('stop' in decision) {
    stopInCommands(core, decision.stop)
    if (core.state === 'done') return
  } else if ('refuse' in decision) {
    core.finding(decision.refuse, decision.phase, decision.message, decision.change)
    core.fail('failed', decision.by, decision.message)
  } else if ('unwanted' in decision) core.fail('refused', 'server', everyRecipient(core))
  else core.fail('completed', 'client', decision.complete)
  advance(core)
}

function begin(core: ClientCore, step: Step): void {
  const { options } = core
  const transaction = options.transaction!
  switch (step.name) {
    case 'ehlo':
    case 'helo':
      core.hello = 'asked'
      return core.send(
        step,
        commandLine({ verb: step.name === 'ehlo' ? 'EHLO' : 'HELO', name: options.ehloName }),
      )
    case 'starttls':
      return core.send(step, commandLine({ verb: 'STARTTLS' }))
    case 'auth':
      return beginAuth(core)
    case 'mail': {
      core.mailIssued = true
      noteShortfalls(core)
      const parameters = mailParameters(transaction, core.capabilities)
      return core.send(step, commandLine({ verb: 'MAIL', path: transaction.from, parameters }))
    }
    case 'rcpt': {
      const index = core.rcptIssued++
      const parameters = rcptParameters(transaction, index, core.capabilities)
      return core.send(step, commandLine({ verb: 'RCPT', path: transaction.to[index]!.address, parameters }))
    }
    case 'data':
      core.contentIssued = true
      return core.send(step, commandLine({ verb: 'DATA' }))
    case 'body':
      if (usesBdat(core)) beginContent(core, 'bdat', false)
      return flow(core)
    case 'reset':
      core.resetIssued = true
      return core.send(step, commandLine({ verb: 'RSET' }))
    case 'quit':
      core.quitIssued = true
      return core.send(step, commandLine({ verb: 'QUIT' }))
    case 'response':
    case 'cancel':
    case 'end':
    case 'insert':
      throw new Error(`${step.name} is not begun from a command state`)
  }
}

export function onSkipped(core: ClientCore, id: number): void {
  const pending = core.pending.get(id)
  if (pending === undefined) return
  core.pending.delete(id)
  skip(core, pending)
}

/** The machine goes on as if it had not wanted the line, except where the server waits for exactly this one. */
function skip(core: ClientCore, { step, chunk }: Pending): void {
  if (step.name === 'ehlo' || step.name === 'helo') core.hello = 'skipped'
  else if (step.name === 'starttls') core.tlsTried = true
  else if (step.name === 'response') cancel(core)
  else if (step.name === 'cancel') {
    core.challenged = false
    core.exchange = null
    if (core.state === 'auth') core.move('answered')
  } else if (step.name === 'data') core.fail('completed', 'person', 'DATA was skipped: no content was sent.')
  else if (step.name === 'quit') core.finish(core.ending!)
  else if (step.name === 'end') core.arm('body-end', core.timeouts.bodyEnd)
  else if (step.name === 'body' && chunk?.last && core.content?.encoding === 'bdat') {
    core.content = null
    core.fail('completed', 'person', 'The last chunk was skipped: nothing was delivered.')
  }
}

function result(core: ClientCore): ClientResult {
  const to = core.options.transaction?.to ?? []
  return {
    recipients: to.map(({ address }, index) => ({ address, reply: core.rcptReplies[index] ?? null })),
    mail: core.mailReply,
    data: core.dataReply,
    final: core.finalReply,
    auth: core.authReply,
    mechanism: core.mechanism,
    stoppedAt: core.stoppedAt,
  }
}
