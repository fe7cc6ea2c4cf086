/** Owns: what a rule is. */
import type { Finding } from '../finding.ts'
import type { Reading } from '../reading/types.ts'

/** Pure. Each finding names the events that prove it; none without. */
export type Rule = (reading: Reading) => Finding[]
