/** Owns: one event in plain words for the inspector: a sentence, the parts of its line, and where it is written. */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { enhancedWords, firstDigit, knownCodes } from './knownCodes.ts'
import { knownVerbs } from './knownVerbs.ts'
import { sizeShort } from './measures.ts'
import { tlsName } from './tls.ts'
import { lineParts, replyParts, type ReplyTone } from './wire.ts'

export interface Part {
  text: string
  label: string
  look: 'code' | 'enhanced' | 'text' | 'verb' | 'secret'
}

export interface Explanation {
  /** One or two sentences. */
  plain: string
  parts: Part[]
  /** Parts explained one by one. */
  meanings: { part: string; words: string }[]
  references: string[]
  tone: ReplyTone
}

const only = (plain: string, tone: ReplyTone = 'neutral'): Explanation => ({
  plain,
  parts: [],
  meanings: [],
  references: [],
  tone,
})

function explainReply(event: EventOf<'reply'>): Explanation {
  const { code, enhanced, text, tone } = replyParts(event)
  if (code === '') return only(event.malformed ?? 'This is not an SMTP reply.', 'bad')
  const known = knownCodes[Number(code)]
  const parts: Part[] = [{ text: code, label: 'reply code', look: 'code' }]
  const meanings = [
    { part: code.slice(0, 1), words: firstDigit[code[0] ?? ''] ?? 'A class that SMTP does not use.' },
  ]
  if (known) meanings.push({ part: code, words: known.words })
  if (enhanced) {
    parts.push({ text: enhanced, label: 'enhanced', look: 'enhanced' })
    meanings.push({ part: enhanced, words: enhancedWords(enhanced) })
  }
  if (text) parts.push({ text, label: 'text for people, ignored by machines', look: 'text' })
  const references = [...(known ? [known.reference] : []), ...(enhanced ? ['RFC 3463'] : [])]
  const also = event.malformed ? ` ${event.malformed}` : ''
  const plain = known?.words ?? firstDigit[code[0] ?? ''] ?? 'The server answered.'
  return { plain: plain + also, parts, meanings, references, tone }
}

function explainLine(event: EventOf<'line'>): Explanation {
  const { verb, rest, secret } = lineParts(event)
  const known = knownVerbs[event.verb ?? '']
  const parts: Part[] = []
  if (verb)
    parts.push({ text: verb, label: verb.includes(' ') ? 'command, mechanism' : 'command', look: 'verb' })
  if (rest)
    parts.push({
      text: rest,
      label: secret ? 'secret, never recorded' : 'argument',
      look: secret ? 'secret' : 'text',
    })
  const answer = event.phase === 'auth' ? 'The client answers the server’s question while signing in.' : null
  const plain = known?.words ?? answer ?? 'The client sent a line that is no known command.'
  const edited = event.edited ? ' A person changed this line before it was sent.' : ''
  return {
    plain: plain + edited,
    parts,
    meanings: [],
    references: known ? [known.reference] : [],
    tone: 'neutral',
  }
}

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
    return only(`The TLS handshake failed. ${event.fault?.message ?? ''}`.trim(), 'bad')
  const check =
    event.verified === true
      ? 'The certificate is valid for this name and leads to a trusted root.'
      : event.verified === false
        ? `The certificate was not verified. ${event.problem?.message ?? ''}`.trim()
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
}

export function explain(event: TranscriptEvent): Explanation {
  switch (event.kind) {
    case 'reply':
      return explainReply(event)
    case 'line':
      return explainLine(event)
    case 'tls':
      return explainTls(event)
    case 'resolve':
      if (event.fault) return only(event.fault.message, 'bad')
      return only(
        `${event.name} has ${event.addresses.length === 1 ? 'one address' : `${event.addresses.length} addresses`}.`,
      )
    case 'connect': {
      const tone = event.outcome === 'connected' ? 'good' : 'bad'
      return only(`${event.address}, port ${event.port}, ${connectWords[event.outcome]}.`, tone)
    }
    case 'chunk':
      return only(`A piece of the message: ${sizeShort(event.size)}${event.last ? ', the last' : ''}.`)
    case 'wait':
      return only(
        event.why === 'delay'
          ? 'A rule delayed the dialogue.'
          : 'The dialogue was held here by you. It is not the server’s time.',
      )
    case 'edit':
      return only(edits[event.action])
    case 'finding':
    case 'end':
      break
  }
  return only(event.message)
}
