/** Owns: the transcript of one connection: its beginning, the diagnosis at its end, and what it says of why it failed. */
import type { Outcome } from '#shared/smtp/machine/types.ts'
import {
  findBannerFaults,
  findConnectionFaults,
  findDialogueFaults,
  gravest,
} from '../../dialogue/diagnose.ts'
import type { DialTarget } from '../../dialogue/dialer.ts'
import { Journal } from '../../dialogue/journal.ts'
import { secretForms } from '../../dialogue/secrets.ts'
import type { Recorder } from '../../transcripts/types.ts'
import { hopVerdict, type HopVerdict } from './hopVerdict.ts'
import type { QueueDeps, SmtpRoute, Timing } from './types.ts'
import { spanWords } from './words.ts'

export interface LinkRecordParts {
  deps: Pick<QueueDeps, 'hub' | 'clock'>
  target: Pick<DialTarget, 'host' | 'port' | 'tls'>
  auth: SmtpRoute['auth']
  title: string
  remarks: readonly string[]
}

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

  /** Of a connection that never came as far as a message; call when it has ended. `late`: given up because others waited. */
  verdict({ message }: Outcome, { cancelled, late }: { cancelled: boolean; late: boolean }): HopVerdict {
    const { journal } = this
    const { host, port } = this.#parts.target
    const verdict = hopVerdict(journal.events, journal.findings(), { host, port, message, cancelled })
    // What was under way did not fail by itself: TLS that took too long is no reason to do without it.
    const own = late
      ? { words: message, enhanced: '4.4.1', code: undefined, busy: false, tlsFailed: false, never: false }
      : {}
    return { ...verdict, ...own, session: this.session, seq: 1 }
  }
}
