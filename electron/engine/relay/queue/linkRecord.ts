/** Owns: the transcript of one connection: its beginning, the diagnosis at its end, and what it says of why it failed. */
import type { Outcome, Tls } from '#shared/smtp/machine/types.ts'
import {
  findBannerFaults,
  findConnectionFaults,
  findDialogueFaults,
  gravest,
} from '../../dialogue/diagnose.ts'
import type { DialTarget } from '../../dialogue/dialer.ts'
import { Journal } from '../../dialogue/journal.ts'
import { secretForms } from '../../dialogue/secrets.ts'
import { hideText } from '../../transcripts/conceal.ts'
import type { Recorder } from '../../transcripts/types.ts'
import type { TlsDemand } from '../types.ts'
import type { Course } from './course.ts'
import { hopVerdict, type HopVerdict } from './hopVerdict.ts'
import { openingWords, type OpeningFacts } from './openingWords.ts'
import type { QueueDeps, SmtpRoute, Timing } from './types.ts'
import { sealedWords, spanWords } from './words.ts'

export interface LinkRecordParts {
  deps: Pick<QueueDeps, 'hub' | 'clock'>
  target: Pick<DialTarget, 'host' | 'port' | 'tls'>
  auth: SmtpRoute['auth']
  title: string
  remarks: readonly string[]
  /** Where the demand on TLS comes from: `virtual-mta mta1, domain *`. */
  from: TlsDemand['from']
  /** Opportunistic TLS with this host does not work. */
  inClear: boolean
}

type End = ReturnType<Course['end']>

/** Of a connection that was given up because others waited. */
export const lateOutcome = ({ patience }: Pick<Timing, 'patience'>): Outcome => ({
  how: 'dropped',
  by: 'this-computer',
  message: `Not ready for mail within ${spanWords(patience)}; given up early, because other mail waited for a connection`,
})

export class LinkRecord {
  readonly journal: Journal
  readonly recorder: Recorder
  readonly #parts: LinkRecordParts

  /** Throws when the program is stopping: no session can begin. */
  constructor(parts: LinkRecordParts) {
    this.#parts = parts
    const { deps, auth, title, remarks, target } = parts
    const { host, port, tls } = target
    this.recorder = deps.hub.begin({ source: 'relay', role: 'client', host, port, tls, title })
    if (auth) for (const secret of secretForms(auth.user, auth.password)) this.recorder.conceal(secret)
    this.journal = new Journal(this.recorder)
    for (const text of remarks)
      this.journal.write({ kind: 'remark', phase: 'other', direction: 'none', text, understood: true })
  }

  get session(): string {
    return this.recorder.session
  }

  /** While it is not ready for messages. */
  openingWords(hop: OpeningFacts['hop']): string {
    const { journal } = this
    const now = this.#parts.deps.clock.now()
    return openingWords(journal.events, { hop, elapsed: journal.elapsed(), now })
  }

  /**
   * What tries by this connection say of TLS; call once, when it is ready for messages. Where STARTTLS was offered and refused
   * the transcript says that it went on without.
   */
  sealed(tls: Tls | null): string {
    const { inClear, from } = this.#parts
    if (inClear) return `${sealedWords(tls)}, because TLS failed`
    const refused = tls === null ? this.journal.findings().find(({ code }) => code === 'starttls-refused') : undefined // prettier-ignore
    if (refused === undefined) return sealedWords(tls)
    const text = `${refused.message.replace(/\.$/u, '')}; TLS is only used where it works (${from}), so the connection goes on in clear.`
    this.journal.write({ kind: 'remark', phase: 'starttls', direction: 'none', text, understood: true })
    return `${sealedWords(tls)}, because STARTTLS was refused`
  }

  /** A server may say a password again in any reply, and its words go into the queue and into reports to senders. */
  masked(end: End): End {
    const { auth } = this.#parts
    if (auth === undefined) return end
    const secrets = secretForms(auth.user, auth.password)
    const masked = <T extends { words: string }>(one: T): T => ({
      ...one,
      words: hideText(one.words, secrets),
    })
    return { outcomes: end.outcomes.map(masked), tried: masked(end.tried) }
  }

  /** Number that the next event will have. */
  get nextSeq(): number {
    return this.recorder.seq + 1
  }

  /** `asked`: somebody here wanted it to end; `talked`: the machine was there. */
  end(outcome: Outcome, { asked, cut, talked }: { asked: boolean; cut: boolean; talked: boolean }): void {
    const { journal } = this
    const { host, port, tls } = this.#parts.target
    findConnectionFaults(journal)
    if (talked) findBannerFaults(journal, outcome, port, undefined)
    if (outcome.how !== 'completed' && !asked) journal.findSpare()
    const startedAt = this.#parts.deps.clock.now().toISOString()
    findDialogueFaults(journal, { role: 'client', host, port, tls, startedAt })
    const grave = outcome.how === 'completed' ? undefined : gravest(journal.findings())
    journal.write({
      kind: 'end',
      phase: 'other',
      direction: 'none',
      outcome: cut ? 'cancelled' : outcome.how,
      by: outcome.by,
      message: grave?.message ?? outcome.message,
    })
  }

  /**
   * Of a connection that never came as far as a message; call when it has ended. `late`: given up because others waited;
   * `tls`: what was made before it failed.
   */
  verdict(
    { message }: Outcome,
    { cancelled, late, tls }: { cancelled: boolean; late: boolean; tls: Tls | null },
  ): HopVerdict {
    const { journal } = this
    const { host, port } = this.#parts.target
    const verdict = hopVerdict(journal.events, journal.findings(), { host, port, message, cancelled })
    // What was under way did not fail by itself: TLS that took too long is no reason to do without it.
    const own = late
      ? { words: message, enhanced: '4.4.1', code: undefined, busy: false, tlsFailed: false, never: false }
      : {}
    const sealed = tls === null ? {} : { sealed: sealedWords(tls) }
    return { ...verdict, ...own, ...sealed, session: this.session, seq: 1 }
  }
}
