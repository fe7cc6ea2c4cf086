/** Owns: what was found, gravest first: how many of what, then a row each. */
import { useState } from 'react'
import type { ProbeFinding } from '#shared/rpc/contract/probeReport.ts'
import { type CellFinding, findingCounts, findingViews } from '#renderer/model/probeDetailFindings.ts'
import { Chip, type ChipTone } from '#renderer/ui/Chip.tsx'
import type { IconName } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { FindingRow } from './FindingRow.tsx'
import styles from './Findings.module.css'

const chips: Record<'bad' | 'warn' | 'info' | 'good', { tone: ChipTone; icon: IconName }> = {
  bad: { tone: 'bad', icon: 'bad' },
  warn: { tone: 'warn', icon: 'warn' },
  info: { tone: 'plain', icon: 'info' },
  good: { tone: 'good', icon: 'good' },
}

/** Rows at once; a hostile server can bring about many. */
const shownAtOnce = 30

export interface FindingsListProps {
  findings: readonly (CellFinding | ProbeFinding)[]
  heading?: string
  /** The dialogue of findings that have no proofs of their own, because all are about one. */
  session?: string
  /** As "587" or "587 v6": how a dialogue is called here. */
  label: (session: string) => string
  onOpen: (session: string, event: number) => void
}

export function FindingsList({ findings, heading = 'Findings', session, label, onOpen }: FindingsListProps) {
  const [all, setAll] = useState(false)
  const views = findingViews(findings, session)
  const shown = all ? views : views.slice(0, shownAtOnce)
  return (
    <section className={styles.findings} aria-label={heading}>
      <div className={styles.head}>
        <h2>{heading}</h2>
        {findingCounts(findings).map(({ tone, words }) => (
          <Chip key={tone} tone={chips[tone].tone} icon={chips[tone].icon}>
            {words}
          </Chip>
        ))}
      </div>
      {views.length === 0 && (
        <p className={styles.empty}>
          <ToneIcon tone="good" />
          Nothing was found that anybody would have to change.
        </p>
      )}
      <ul>
        {shown.map((view) => (
          <FindingRow key={view.key} view={view} label={label} onOpen={onOpen} />
        ))}
      </ul>
      {views.length > shownAtOnce && (
        <LinkButton expanded={all} onPress={() => setAll(!all)}>
          {all ? 'Show fewer findings' : `Show all ${views.length} findings`}
        </LinkButton>
      )}
    </section>
  )
}
