/**
 * Owns: the words and the tone of a session in a list. Short, concrete: who did what, at which step, with which code.
 * The most telling fact wins: why nothing was said, then what was accepted, then what was refused, then who left.
 */
import type { Phase, SessionSummary } from './event.ts'
import { asksForLater } from './http.ts'
import type { SummaryState } from './summaryState.ts'

type Verdict = Pick<SessionSummary, 'words' | 'tone'>
const verdict = (tone: Verdict['tone'], words: string): Verdict => ({ tone, words })

const connecting = {
  refused: 'Nothing listens there',
  timeout: 'No answer to the connection',
  reset: 'Connection reset',
  unreachable: 'Network or host unreachable',
  denied: 'This computer may not connect there',
  cancelled: 'Cancelled while connecting',
  failed: 'Could not connect',
} as const

/** A step as it is named to a person. */
const steps: Record<Phase, string> = {
  dns: 'the name look-up',
  tcp: 'connecting',
  banner: 'the greeting',
  ehlo: 'EHLO',
  starttls: 'STARTTLS',
  tls: 'TLS',
  auth: 'AUTH',
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA',
  body: 'the message',
  quit: 'QUIT',
  other: 'a command',
}

/** "EHLO" or "HELO" as the client really said it; steps that are no command keep their name. */
const after = (state: SummaryState): string => {
  if ((state.reached === 'other' || state.reached === 'ehlo') && state.verb !== '') return state.verb
  // An address needs no look-up, and a connection is noted as made before its first line.
  return state.reached === 'dns' && state.connect === 'connected' ? steps.tcp : steps[state.reached]
}

function notConnected(state: SummaryState): Verdict | null {
  if (state.connect === undefined) {
    return state.nameFailed ? verdict('bad', 'Name not found') : null
  }
  if (state.connect === 'connected') return null
  return verdict(state.connect === 'cancelled' ? 'neutral' : 'bad', connecting[state.connect])
}

function takenByLog({ refused: { rcpt } }: SummaryState, done: string): Verdict {
  return rcpt === undefined
    ? verdict('good', `Message ${done}`)
    : verdict('warn', `Message ${done}, a recipient refused, ${rcpt}`)
}

/** `relayed`: what it took is in the relay's queue. */
function accepted(state: SummaryState, relayed: boolean): Verdict | null {
  const done = relayed ? 'queued' : state.head.role === 'server' ? 'kept' : 'accepted'
  if (state.accepted === 0) return state.taken ? takenByLog(state, done) : null
  const what = state.accepted === 1 ? `Message ${done}` : `${state.accepted} messages ${done}`
  const { accepted: taken, refused: turnedAway } = state.recipients
  if (turnedAway > 0) {
    return verdict('warn', `${what} for ${taken} of ${taken + turnedAway}, ${state.acceptedCode}`)
  }
  if (state.refused.body !== undefined)
    return verdict('warn', `${what}, the last refused, ${state.refused.body}`)
  return verdict('good', `${what}, ${state.acceptedCode}`)
}

const refusedSteps = [
  ['body', 'Message refused', 'Message put off'],
  ['data', 'Refused at DATA', 'Put off at DATA'],
  ['rcpt', 'Refused at RCPT', 'Put off at RCPT'],
  ['mail', 'Refused at MAIL', 'Put off at MAIL'],
  ['auth', 'Sign-in refused', 'Sign-in put off'],
  ['starttls', 'STARTTLS refused', 'STARTTLS put off'],
  ['ehlo', 'EHLO refused', 'EHLO put off'],
] as const

/** By what a client is to do: try again later, or change the request. */
function requestRefused(status: number | undefined): Verdict | null {
  if (status === undefined) return null
  if (asksForLater(status)) return verdict('warn', `Put off, ${status}`)
  const what = status === 401 || status === 403 ? 'Key' : status === 413 ? 'Message too large' : 'Request'
  return verdict('bad', status === 413 ? `${what}, ${status}` : `${what} refused, ${status}`)
}

/** 535 is about the name or the password (RFC 4954 §6); other AUTH codes are about the mechanism or the moment. */
function refused(state: SummaryState): Verdict | null {
  if (state.greeting !== undefined && state.greeting >= 400) {
    const tone = state.greeting < 500 ? 'warn' : 'bad'
    return verdict(tone, `Turned away at the greeting, ${state.greeting}`)
  }
  if (state.head.protocol === 'http') return requestRefused(state.refused.body)
  // Where every recipient was refused, DATA is refused for that alone (RFC 5321 §3.3), and a pipelined one always is.
  const nobody = state.recipients.accepted === 0 && state.refused.rcpt !== undefined
  for (const [step, never, later] of refusedSteps) {
    const code = state.refused[step]
    if (code === undefined || (nobody && (step === 'body' || step === 'data'))) continue
    // What was pipelined behind a refused MAIL is refused for that alone (RFC 2920 §3.1).
    if (state.refused.mail !== undefined && code === 503) continue
    if (step === 'auth' && state.gaveUpAuth)
      return verdict('bad', state.refusedInside ? 'Sign-in refused' : 'Sign-in given up')
    const words = step === 'auth' && code === 535 ? 'Password refused' : code < 500 ? later : never
    return verdict(code < 500 ? 'warn' : 'bad', `${words}, ${code}`)
  }
  return null
}

const endings = {
  reset: ['bad', 'Connection reset'],
  timeout: ['bad', 'No answer'],
  dropped: ['warn', 'Connection dropped'],
  cancelled: ['neutral', 'Cancelled'],
  refused: ['bad', 'Refused'],
  failed: ['bad', 'Broken off'],
} as const

const left = {
  client: 'Client',
  server: 'Server',
  network: 'Network',
  person: 'You',
  'this-computer': 'Relayscope',
}

/** A log that names no line: whether a message was taken is not in it. */
const untold = ({ head, verb, greeting }: SummaryState): boolean =>
  head.source === 'import' && verb === '' && greeting === undefined

function howItEnded(state: SummaryState, end: NonNullable<SummaryState['end']>): Verdict {
  const where = state.inContent ? 'in the middle of the message' : `after ${after(state)}`
  if (end.outcome === 'completed') {
    // A health check, say: it came, said QUIT, and nothing was amiss.
    if (state.head.role === 'server' && state.reached === 'quit' && untold(state))
      return verdict('neutral', 'Finished by QUIT')
    if (state.head.role === 'server' && state.reached === 'quit')
      return verdict('neutral', 'QUIT, no message')
    if (state.head.role === 'server') return verdict('warn', `Client left ${where}`)
    // A look-up, a TLS scan: facts were asked for, and no dialogue was held.
    if (state.head.source === 'probe' && state.connect === undefined && state.greeting === undefined)
      return verdict('neutral', 'Answered')
    return verdict('neutral', state.authenticated ? 'Signed in, nothing sent' : finished(state))
  }
  // A text that was read in and stops: nobody cancelled anything.
  if (end.outcome === 'cancelled' && end.by !== 'person' && state.head.source === 'import')
    return verdict('neutral', `The text ends ${where}`)
  const [tone, what] =
    end.outcome === 'closed' ? (['warn', `${left[end.by]} left`] as const) : endings[end.outcome]
  return verdict(tone, `${what} ${where}`)
}

const finished = (state: SummaryState): string =>
  state.tls === 'established' ? `Answered over ${state.tlsVersion ?? 'TLS'}` : 'Answered in clear'

function ended(state: SummaryState, end: NonNullable<SummaryState['end']>, relayed: boolean): Verdict {
  if (state.tls === 'failed' && state.accepted === 0) return verdict('bad', 'TLS handshake failed')
  // What a client of an API read in the answer counts for more than its status.
  if (state.head.protocol === 'http' && state.accepted > 0 && end.outcome === 'failed' && end.by === 'server')
    return verdict('warn', `Answered ${state.acceptedCode}, not accepted`)
  const found = notConnected(state) ?? accepted(state, relayed) ?? refused(state)
  if (found !== null) return found
  if (state.greeting === undefined && state.notSmtp) return verdict('bad', 'Not an SMTP server')
  if (state.head.tls === 'starttls' && state.head.role === 'client' && state.starttlsOffered === false && state.tls === undefined) {
    return verdict('bad', 'STARTTLS not offered')
  } // prettier-ignore
  const how = howItEnded(state, end)
  return state.worst === 'error' && how.tone === 'neutral' ? { ...how, tone: 'warn' } : how
}

function live(state: SummaryState, held: boolean, relayed: boolean): Verdict {
  if (held) return verdict('neutral', state.reached === 'dns' ? 'Held' : `Held after ${after(state)}`)
  const found = accepted(state, relayed) ?? refused(state)
  if (found !== null) return found
  if (state.reached !== 'dns') return verdict('neutral', `At ${after(state)}`)
  return verdict(
    'neutral',
    state.connect === 'connected' || state.head.role === 'server' ? 'Connected' : 'Connecting',
  )
}

/** `relayed`: the session gave what it brought to the relay's queue. */
export const wordsAndTone = (state: SummaryState, held: boolean, relayed = false): Verdict =>
  state.end === undefined ? live(state, held, relayed) : ended(state, state.end, relayed)
