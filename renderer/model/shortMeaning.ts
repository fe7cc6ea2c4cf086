/** Owns: what a line means in a few words, for who hears the ladder instead of seeing it. */
import { explainReplyCode } from '#shared/knowledge/replyCodes.ts'
import { findVerb } from '#shared/knowledge/verbs.ts'
import type { Moment } from '#shared/knowledge/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { endsMessage } from './explainLine.ts'

/** The first sentence, without its full stop, in lower case as the middle of a sentence. */
const first = (words: string): string => {
  const sentence = /^[^.]{1,120}/.exec(words)?.[0] ?? ''
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence
}

/** '' where there is nothing to add to the text. `moment` is what a reply answers. */
export function shortMeaning(event: TranscriptEvent, moment?: Moment): string {
  if (event.kind === 'reply' && event.code !== undefined)
    return first(explainReplyCode(event.code, moment).name)
  if (event.kind !== 'line') return ''
  if (event.verb !== undefined) return first(findVerb(event.verb)?.words ?? '').replace(/^the client /, '')
  if (endsMessage(event)) return 'ends the message'
  return event.phase === 'auth' ? 'answer while signing in' : ''
}
