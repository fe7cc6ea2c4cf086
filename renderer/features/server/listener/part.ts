/** Owns: what every part of a listener's form is given. */
import type { DraftProblems, ListenerDraft } from '#renderer/model/listenerDraft.ts'

/** Fields whose absence is a rule of its own: as for all, as usual. */
export type Absent = 'mechanisms' | 'tlsVersions' | 'certificate' | 'extensions'

export interface PartProps {
  draft: ListenerDraft
  change: (next: Partial<ListenerDraft>) => void
  /** Back to how it is without a rule. */
  drop: (field: Absent) => void
  problems: DraftProblems
}
