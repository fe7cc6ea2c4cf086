/**
 * Owns: which command a reply answers, in the order in which replies are owed (RFC 2920 §3.1), and where a text does not
 * hold the commands, which one it most likely was.
 */
import { phaseOf } from '../../smtp/machine/client/lines.ts'
import type { Phase } from '../event.ts'

/** Commands that are remembered; a client that pipelines more gets its last replies filed under the phase before. */
const mostOwed = 10_000

export class Owed {
  #phases: Phase[] = []
  #first = 0
  /** A greeting has been seen, or a command that came after one. */
  #greeted = false
  #contentSent = false

  get none(): boolean {
    return this.#first === this.#phases.length
  }

  asked(phase: Phase): void {
    this.#greeted = true
    if (this.#phases.length - this.#first < mostOwed) this.#phases.push(phase)
  }

  /** Both sides begin anew after STARTTLS (RFC 3207 §4.2); `implicit`: the greeting comes inside. */
  forget(implicit = false): void {
    this.#phases = []
    this.#first = 0
    this.#greeted ||= !implicit
  }

  /** The phase of the reply that has just come. */
  answered(code: number | undefined, text: string): Phase {
    const owed = this.#phases[this.#first]
    // A client that spoke first: its EHLO still waits, for 220 never answers one.
    if (owed === 'ehlo' && code === 220) return 'banner'
    const phase = owed ?? this.#guess(code, text)
    if (owed !== undefined && ++this.#first === this.#phases.length) this.forget()
    if (phase !== 'other') this.#greeted = true
    this.#contentSent = code === 354
    return phase
  }

  #guess(code: number | undefined, text: string): Phase {
    const greeted = this.#greeted
    if (!greeted && (code === 220 || code === 554 || code === 421 || code === undefined)) return 'banner'
    if (code === 220) return 'starttls'
    if (code === 221) return 'quit'
    if (code === 354) return 'data'
    if (code === 235 || code === 334 || code === 535 || code === 538 || code === 534) return 'auth'
    if (this.#contentSent) return 'body'
    if (code === 250 && (text.includes('\n') || /^250 (?:STARTTLS|CHUNKING|HELP|SIZE|8BITMIME|DSN|SMTPUTF8|PIPELINING|ENHANCEDSTATUSCODES|AUTH)\b/i.test(text)))
      return 'ehlo'
    const status = /^[245]\d\d[ -][245]\.1\.(\d)/.exec(text)?.[1]
    if (status === '0' || status === '7' || status === '8') return 'mail'
    return status === undefined ? 'other' : 'rcpt'
  } // prettier-ignore
}

/** Verbs beside those of the grammar that a client may say: they are commands, whatever answers them. */
const moreVerbs = new Set(['ETRN', 'XCLIENT', 'XFORWARD', 'LHLO', 'TURN', 'SEND', 'SOML', 'SAML', 'BURL', 'PROXY', 'XEXCH50', 'ATRN']) // prettier-ignore

export function otherVerb(text: string): string | null {
  const word = /^[A-Za-z0-9]{4,8}(?![^ ])/.exec(text)?.[0].toUpperCase()
  return word !== undefined && moreVerbs.has(word) ? word : null
}

export const phaseOfVerb = (verb: string | null): Phase =>
  verb === null ? 'other' : verb === 'LHLO' ? 'ehlo' : (phaseOf[verb] ?? 'other')
