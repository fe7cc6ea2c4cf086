/** Owns: the shape of what `explain --json` writes; `schema` is raised when a reader of an older one would misread it. */
import { forms } from '#shared/transcript/import/types.ts'
import { findingBody, Phase, SessionHead } from '#shared/transcript/event.ts'
import { z } from 'zod'

const ExplainedFinding = z.object({
  code: findingBody.code,
  severity: findingBody.severity,
  phase: Phase,
  side: findingBody.side,
  confidence: findingBody.confidence,
  evidence: findingBody.evidence,
  message: findingBody.message,
  next: findingBody.next,
  references: findingBody.references,
  /** The events of `evidence` in words, in its order. */
  proof: z.array(z.string()),
})

const ExplainedSession = SessionHead.omit({ id: true, source: true }).extend({
  /** How it stands, as in a list of dialogues. */
  words: z.string(),
  events: z.int(),
  /** Lines of the text that were understood and those that were not; null for a case file, which has none. */
  lines: z.object({ understood: z.int(), unknown: z.int() }).nullable(),
  findings: z.array(ExplainedFinding),
})

export const ExplainReport = z.object({
  schema: z.literal('relayscope.explain/1'),
  /** Null when nothing was recognised. */
  form: z.enum(forms).nullable(),
  sessions: z.array(ExplainedSession),
  /** `line` is 0 when it belongs to the whole text. */
  problems: z.array(z.object({ line: z.int(), message: z.string() })),
})
export type ExplainReport = z.infer<typeof ExplainReport>
export type ExplainedSession = ExplainReport['sessions'][number]
