/** Owns: what the changes between two probes of one host are made of. Before is the earlier run, after the later one. */
import type { Finding } from '../diagnosis/finding.ts'
import type { PortMode } from '../rpc/contract/probeRequest.ts'
import type { ProbeReport } from '../rpc/contract/probeReport.ts'

export type ChangeTone = 'better' | 'worse' | 'neutral'

/** One thing that both runs know and that is no longer what it was; the values are words for a person, bounded. */
export interface Change {
  what: string
  before: string
  after: string
  tone: ChangeTone
}

/** One port of one address. What differs between the two (the address, say) is left out here and told as a change. */
export interface RowChanges {
  host: string
  port: number
  mode?: PortMode
  family?: 4 | 6
  address?: string
  /** `new`, `gone`: only the one run has it: it was not asked, or the name has other addresses now. */
  kind: 'same' | 'changed' | 'new' | 'gone'
  changes: Change[]
  /** Its dialogues. */
  sessions: { before?: string; after?: string }
}

/** A finding with its place; `proof` names the dialogues of the run that has it. */
export interface PlacedFinding extends Finding {
  host?: string
  port?: number
  family?: 4 | 6
  proof: { session: string; events: number[] }[]
}

export type Advice = Pick<NonNullable<ProbeReport['recommendation']>, 'port' | 'tls'>

export interface ProbeChanges {
  /** Nothing that matters differs. */
  same: boolean
  /** One to three sentences for a person: the weightiest first. */
  sentence: string
  rows: RowChanges[]
  findings: { appeared: PlacedFinding[]; gone: PlacedFinding[] }
  /** Absent when both recommend the same. */
  recommendation?: { before: Advice | null; after: Advice | null }
  /** What DNS and the policy host say; absent when nothing of it differs. */
  domain?: Change[]
}
