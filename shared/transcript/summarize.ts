/**
 * Owns: how a session stands, in a few words and a tone. A reducer: each event is folded into a state of fixed size, so
 * a session of a million events costs no more memory than one of ten. The words themselves are in summaryWords.ts.
 */
import type { EventOf, Phase, SessionHead, SessionSummary, TranscriptEvent } from './event.ts'
import type { Step, SummaryState } from './summaryState.ts'
import { wordsAndTone } from './summaryWords.ts'

export function beginSummary(head: SessionHead): SummaryState {
  return {
    head,
    events: 0,
    took: 0,
    reached: 'dns',
    verb: '',
    connect: undefined,
    nameFailed: false,
    greeting: undefined,
    notSmtp: false,
    tls: undefined,
    tlsVersion: undefined,
    starttlsOffered: undefined,
    refused: {},
    authenticated: false,
    gaveUpAuth: false,
    refusedInside: false,
    chunksOwed: 0,
    inContent: false,
    taken: false,
    recipients: { accepted: 0, refused: 0 },
    accepted: 0,
    acceptedCode: 0,
    worst: undefined,
    end: undefined,
  }
}

const steps = new Set<Phase>(['ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'body'])
const isStep = (phase: Phase): phase is Step => steps.has(phase)

/** A reply of a step: 2xx clears an earlier refusal of the step, 4xx and 5xx record one; 3xx decides nothing. */
function settle(state: SummaryState, step: Step, code: number): boolean {
  if (code >= 400) state.refused[step] = code
  else if (code < 300) delete state.refused[step]
  return code >= 200 && code < 300
}

function foldReply(state: SummaryState, event: EventOf<'reply'>): void {
  const code = event.code
  if (code === undefined) {
    state.notSmtp = true
    return
  }
  const step = event.phase
  if (step === 'banner') state.greeting = code
  if (!isStep(step)) return
  if (step === 'body' && state.chunksOwed > 0) {
    state.chunksOwed--
    if (code < 400) return
  }
  const done = settle(state, step, code)
  if (step === 'rcpt' && code >= 400) state.recipients.refused++
  if (!done) return
  if (step === 'ehlo') state.starttlsOffered = /^250[ -]STARTTLS\b/im.test(event.raw)
  if (step === 'auth') state.authenticated = true
  if (step === 'mail') {
    state.recipients = { accepted: 0, refused: 0 }
    state.chunksOwed = 0
  }
  if (step === 'rcpt') state.recipients.accepted++
  // After everyone was refused a server may take the end of data alone (RFC 2920 §3.1): no message went to anybody.
  const { accepted, refused } = state.recipients
  if (step !== 'body' || (accepted === 0 && refused > 0)) return
  state.accepted++
  state.acceptedCode = code
}

function foldTls(state: SummaryState, event: EventOf<'tls'>): void {
  state.tls = event.outcome
  state.tlsVersion = event.version
  // Both sides forget what they learned in clear (RFC 3207 §4.2).
  state.starttlsOffered = undefined
}

function foldAuth(state: SummaryState, event: EventOf<'line'>): void {
  if (event.verb === 'AUTH') state.gaveUpAuth = state.refusedInside = false
  else if (event.phase === 'auth' && /^\*\r?\n?$/.test(event.raw)) state.gaveUpAuth = true
}

/** Folds one event in. The state is changed in place: this runs for every event of every session. */
export function foldSummary(state: SummaryState, event: TranscriptEvent): void {
  state.events = event.seq
  state.took = event.at
  switch (event.kind) {
    case 'resolve':
      state.nameFailed = event.addresses.length === 0
      return
    case 'connect':
      state.connect = event.outcome
      return
    case 'line':
      state.reached = event.phase
      if (event.verb !== undefined) state.verb = event.verb
      foldAuth(state, event)
      state.inContent = event.verb === 'BDAT' && !/ LAST\s*$/i.test(event.raw)
      if (state.inContent) state.chunksOwed++
      return
    case 'reply':
      // What a server says by itself after its greeting answers no command.
      if (event.phase !== 'other' || state.reached !== 'banner') state.reached = event.phase
      if (state.verb !== 'BDAT') state.inContent = false
      foldReply(state, event)
      return
    case 'chunk':
      state.reached = 'body'
      if (event.encoding === 'data') state.inContent = !event.last
      return
    case 'tls':
      foldTls(state, event)
      return
    case 'finding':
      if (event.code === 'auth-rejected') state.refusedInside = true
      if (event.code === 'accepted' && state.head.source === 'import') state.taken = true
      if (event.severity === 'error') state.worst = 'error'
      else if (event.severity === 'warning') state.worst ??= 'warning'
      return
    case 'end':
      state.end = { outcome: event.outcome, by: event.by }
      // A log without the lines themselves: how far it came stands with its end alone.
      if (state.head.source === 'import' && state.reached === 'dns' && state.connect === 'connected')
        state.reached = event.phase
      return
    case 'wait':
    case 'edit':
    case 'remark':
      return
  }
}

/**
 * The summary as it stands. `held`: the gate holds a line. `messages`: Inbox messages that the session delivered.
 * `queued`: how many it gave to the relay.
 */
export function summaryOf(
  state: SummaryState,
  held = false,
  messages: readonly string[] = [],
  queued = 0,
): SessionSummary {
  const live = held ? 'held' : 'live'
  return {
    ...state.head,
    ...wordsAndTone(state, held, queued > 0),
    state: state.end === undefined ? live : 'ended',
    events: state.events,
    took: state.took,
    messages: [...messages],
    ...(queued > 0 ? { queued } : {}),
    ...(state.head.port === 0 && state.connect !== undefined ? { connects: true } : {}),
  }
}

/** Summary of a whole transcript. */
export function summarize(head: SessionHead, events: Iterable<TranscriptEvent>): SessionSummary {
  const state = beginSummary(head)
  for (const event of events) foldSummary(state, event)
  return summaryOf(state)
}
