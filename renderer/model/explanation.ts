/** Owns: the shape of an explanation: what the inspector shows of one event. */
import type { ReplyTone } from './wire.ts'

export interface Part {
  text: string
  label: string
  look: 'code' | 'enhanced' | 'text' | 'verb' | 'secret'
}

export interface Meaning {
  part: string
  words: string
}

/** One thing that an EHLO reply offers. */
export interface Offer {
  /** As sent, as `SIZE 35882577`. */
  text: string
  words: string
  reference: string
  /** For AUTH: what each mechanism is. */
  mechanisms: Meaning[]
}

export interface Explanation {
  /** One to three sentences. */
  plain: string
  /** What a good client does next; '' where there is nothing to say. */
  next: string
  parts: Part[]
  /** Parts explained one by one. */
  meanings: Meaning[]
  offers: Offer[]
  references: string[]
  tone: ReplyTone
}

export const only = (plain: string, tone: ReplyTone = 'neutral'): Explanation => ({
  plain,
  next: '',
  parts: [],
  meanings: [],
  offers: [],
  references: [],
  tone,
})

/** A reason as a sentence of its own; the engine says some in the middle of one, as “the certificate is not accepted”. */
export const asSentence = (words: string): string =>
  words === '' ? '' : words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?…]$/.test(words) ? '' : '.')
