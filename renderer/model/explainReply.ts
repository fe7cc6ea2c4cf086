/** Owns: one reply in plain words: its digits, code and enhanced code, what it offers, and what a good client does next. */
import { explainEnhanced } from '#shared/knowledge/enhancedCodes.ts'
import { findExtension } from '#shared/knowledge/extensions.ts'
import { findMechanism } from '#shared/knowledge/mechanisms.ts'
import { providerMeaning, type ProviderCode } from '#shared/knowledge/providerCodes.ts'
import { providerReply } from '#shared/knowledge/providerReplies.ts'
import { explainReplyCode } from '#shared/knowledge/replyCodes.ts'
import type { Moment } from '#shared/knowledge/types.ts'
import { parseCapabilities, type Capability } from '#shared/smtp/grammar/capabilities.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { byHand } from '#shared/transcript/shown.ts'
import { challengeParts, decodedChallenge, proofParts, type AuthStep } from './authStep.ts'
import { asSentence, only, type Explanation, type Meaning, type Offer, type Part } from './explanation.ts'
import { replyParts, type ReplyParts } from './wire.ts'

export interface Context {
  /** What the reply answers. */
  moment?: Moment | undefined
  /** The server's name as the user typed it; '' where it is not known. */
  host?: string
  /** Where in an AUTH exchange the event stands. */
  step?: AuthStep | undefined
  /** The session speaks HTTP. */
  http?: boolean
}

const handWords = { '': '', changed: 'A person changed this answer before it was sent.', added: 'A person added this answer.' } // prettier-ignore

/** The reasons are notes of the reader, as "a bare LF". */
const notAsAsked = ({ malformed = '' }: EventOf<'reply'>): string =>
  malformed === '' ? '' : asSentence(`not as SMTP asks: ${malformed}`)

/** Nothing in it can be read; what a client makes of it is its own affair. */
function noReply(event: EventOf<'reply'>): Explanation {
  const why = event.malformed?.startsWith('not a reply') === true ? '' : asSentence(event.malformed ?? '')
  const words = [
    'This is no SMTP reply: one begins with a code of three digits.',
    why,
    handWords[byHand(event)],
  ]
  return {
    ...only(words.filter(Boolean).join(' '), 'bad'),
    next: 'A good client gives up the connection, for it cannot tell what the server took.',
    references: ['RFC 5321 §4.2'],
  }
}

/** Mechanisms explained of one AUTH line. */
const mostMechanisms = 30

function offerOf({ keyword, parameters }: Capability): Offer {
  const row = findExtension(keyword)
  const vendors = keyword.startsWith('X')
  const unknown = vendors ? 'A vendor’s own. Our tables do not know it.' : 'Our tables do not know this one.'
  const mechanisms = keyword === 'AUTH' || keyword === 'AUTH=' ? parameters.slice(0, mostMechanisms) : []
  return {
    text: [keyword, ...parameters].join(' '),
    words: [row?.words ?? unknown, parameters.length > 0 && mechanisms.length === 0 ? row?.parameters : '']
      .filter(Boolean)
      .join(' '),
    reference: row?.reference ?? '',
    mechanisms: mechanisms.map((name) => {
      const known = findMechanism(name)
      return {
        part: name,
        words: known ? `${known.words} ${known.protects}` : 'Our tables do not know this one.',
      }
    }),
  }
}

function enhancedMeaning(code: string, provider: ProviderCode | undefined): Meaning[] {
  const meaning = explainEnhanced(code)
  if (!meaning) return []
  const { kind, words, reference, others } = meaning
  if (provider) {
    const theirs = `${kind} ${provider.provider} means (${provider.source}, as of ${provider.checked}): ${provider.words}`
    return [{ part: code, words: `${theirs} In ${reference} the same code means: ${words}` }]
  }
  const elsewhere = others.map(
    (other) => ` ${other.provider} means something else by it (as of ${other.checked}).`,
  )
  return [{ part: code, words: `${kind} ${words}${elsewhere.join('')}` }]
}

function textLabel(code: string, moment: Moment | undefined): string {
  if (code === '334') return 'question, in base64'
  if (code === '250' && moment === 'EHLO') return 'name of the server'
  return 'text for people, ignored by machines'
}

function partsOf({ code, enhanced, text }: ReplyParts, moment: Moment | undefined): Part[] {
  const parts: Part[] = [{ text: code, label: 'reply code', look: 'code' }]
  if (enhanced) parts.push({ text: enhanced, label: 'enhanced', look: 'enhanced' })
  if (text) parts.push({ text, label: textLabel(code, moment), look: 'text' })
  return parts
}

export function explainReply(event: EventOf<'reply'>, { moment, host = '', step }: Context): Explanation {
  const reply = replyParts(event)
  const { code, enhanced, lines, tone } = reply
  if (code === '') return noReply(event)
  // A reply of one line to HELO offers nothing.
  const when = moment === 'EHLO' && code === '250' && lines.length === 1 ? undefined : moment
  const meaning = explainReplyCode(Number(code), when)
  const provider = enhanced ? providerMeaning(enhanced, host, lines.join(' ')) : undefined
  const digits = meaning.digits.map(({ digit, words }) => ({ part: digit, words }))
  const reference = enhanced ? explainEnhanced(enhanced)?.reference : undefined
  const offered = when === 'EHLO' && code === '250' ? parseCapabilities(lines).capabilities : []
  const said = (event.code ?? 0) >= 400 && !provider ? providerReply(lines.join(' ')) : undefined
  const asked = code === '334' ? decodedChallenge(event) : null
  const challenge =
    asked === null ? (proofParts(event, step) ?? { parts: [], meanings: [] }) : challengeParts(asked, step)
  return {
    plain: [provider?.words ?? said?.words ?? meaning.words, notAsAsked(event), handWords[byHand(event)]]
      .filter(Boolean)
      .join(' '),
    next: provider?.next ?? said?.next ?? meaning.next,
    parts: [...partsOf(reply, when), ...challenge.parts],
    meanings: [
      ...digits,
      { part: code, words: `${meaning.name}.` },
      ...enhancedMeaning(enhanced, provider),
      ...challenge.meanings,
      ...(said
        ? [{ part: 'text', words: `These words are known as ${said.provider}’s: ${said.source}, read on ${said.checked}. By its code alone it says: ${meaning.words}` }] // prettier-ignore
        : []),
    ],
    offers: offered.map(offerOf),
    references: [...new Set([meaning.reference, ...(reference ? [reference] : [])])],
    tone,
  }
}
