/** Owns: one event in plain words for the inspector: a sentence, the parts of its line, and where it is written. */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { shownRemark } from '#shared/transcript/shown.ts'
import { explainLine } from './explainLine.ts'
import { asSentence, only, type Explanation } from './explanation.ts'
import { explainRequest, explainResponse } from './explainHttp.ts'
import { explainReply, type Context } from './explainReply.ts'
import { sizeShort } from './measures.ts'
import { tlsName } from './tls.ts'

const connectWords: Record<EventOf<'connect'>['outcome'], string> = {
  connected: 'is connected',
  refused: 'refused the connection',
  timeout: 'did not answer in time',
  reset: 'reset the connection',
  unreachable: 'cannot be reached from here',
  denied: 'may not be reached: this computer denied it',
  cancelled: 'was given up by a person',
  failed: 'could not be connected',
}

function explainTls(event: EventOf<'tls'>): Explanation {
  if (event.outcome === 'failed')
    return {
      ...only(`The TLS handshake failed. ${asSentence(event.fault?.message ?? '')}`.trim(), 'bad'),
      references: ['RFC 8446', 'RFC 3207 §4'],
    }
  const check =
    event.verified === true
      ? 'The certificate is valid for this name and leads to a trusted root.'
      : event.verified === false
        ? `The certificate was not verified. ${asSentence(event.problem?.message ?? '')}`.trim()
        : 'No certificate was checked at this end.'
  return {
    ...only(
      `Both ends agreed on ${tlsName(event.version)}. ${check}`,
      event.verified === false ? 'warn' : 'good',
    ),
    references: ['RFC 8446', 'RFC 3207 §4'],
  }
}

const edits: Record<EventOf<'edit'>['action'], string> = {
  edited: 'You changed the line before it was sent.',
  skipped: 'You skipped this line. It was never sent.',
  inserted: 'You sent a line of your own.',
  repeated: 'You sent this line again.',
  dropped: 'You dropped the connection without a word.',
  reset: 'You broke the connection: the other side sees a reset, not an end.',
}

/** What the reason says when nothing is wrong with the look-up itself: there is no such record. */
const absent = new Set(['ENOTFOUND', 'ENODATA'])

function explainLookup({ name, family, addresses, fault }: EventOf<'resolve'>): Explanation {
  const kind = family === 0 ? '' : `IPv${family} `
  if (fault && family !== 0 && absent.has(fault.code))
    return only(`${name} has no ${kind}address, or does not exist.`, 'bad')
  if (fault)
    return only(`${kind}look-up of ${name}: ${asSentence(fault.message)}`.replace(/^look/, 'Look'), 'bad')
  const count = addresses.length === 1 ? `one ${kind}address` : `${addresses.length} ${kind}addresses`
  return only(`${name} has ${count}.`)
}

/** Lines of a remark that are shown with their number. */
const mostRemarkLines = 60

function explainRemark({ text, understood, line }: EventOf<'remark'>): Explanation {
  const lines = shownRemark(text)
  const label = (place: number): string => (line === undefined ? 'beside the dialogue' : `line ${(line + place).toLocaleString('en-US')}`) // prettier-ignore
  const parts = lines.slice(0, mostRemarkLines).map((one, place) => ({ text: one, label: label(place), look: 'text' as const })) // prettier-ignore
  const known =
    line === undefined
      ? 'Asked and read beside the dialogue, of DNS or of a policy’s host. It did not travel to the mail server.'
      : 'Written beside the dialogue by the program that this text comes from. It did not travel.'
  const plain = understood
    ? known
    : 'No reader of dialogues knows this line. It is kept as it stands, and nothing is concluded from it.'
  return { ...only(plain, understood ? 'neutral' : 'warn'), parts }
}

function explainContent({ size, offset, last, encoding }: EventOf<'chunk'>, http = false): Explanation {
  const whole = offset === 0 && last
  const what = http ? 'The body of the HTTP message' : 'The message itself, header and body'
  const plain = `${whole ? what : 'A piece of the message'}: ${sizeShort(size)}${!whole && last ? ', the last' : ''}.`
  if (http) return { ...only(plain), references: ['RFC 9112 §6'] }
  const dots = 'It ends at a dot alone on a line; a line that begins with a dot travels with one more.'
  const counted = 'The command before it said how many octets come: nothing in them is changed.'
  return encoding === 'bdat'
    ? { ...only(`${plain} ${counted}`), references: ['RFC 3030 §2'] }
    : { ...only(`${plain} ${dots}`), references: ['RFC 5321 §4.1.1.4', 'RFC 5321 §4.5.2'] }
}

/** `context` matters to replies: what they answer, and whose they are. */
export function explain(event: TranscriptEvent, context: Context = {}): Explanation {
  switch (event.kind) {
    case 'reply':
      return explainResponse(event) ?? explainReply(event, context)
    case 'line':
      return explainRequest(event) ?? explainLine(event, context.step)
    case 'tls':
      return explainTls(event)
    case 'resolve':
      return explainLookup(event)
    case 'connect': {
      const tone = event.outcome === 'connected' ? 'good' : 'bad'
      return only(`${event.address}, port ${event.port}, ${connectWords[event.outcome]}.`, tone)
    }
    case 'chunk':
      return explainContent(event, context.http)
    case 'wait':
      return only(
        event.why === 'delay'
          ? 'The dialogue waited here as you had asked. It is not the other side’s time.'
          : 'The dialogue was held here by you. It is not the other side’s time.',
      )
    case 'edit':
      return only(edits[event.action])
    case 'remark':
      return explainRemark(event)
    case 'finding':
    case 'end':
      break
  }
  return only(event.message)
}
