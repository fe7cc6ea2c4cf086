/** Owns: what changed since the last run: one sentence, and each change that no row of the matrix can show. */
import { useMemo } from 'react'
import { changesBetween, type ProbeChanges } from '#shared/probe/changes.ts'
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { goTo } from '#renderer/flows/route.ts'
import { changeMarks, changeWords } from '#renderer/model/probeChanges.ts'
import { whenWords } from '#renderer/model/probeHistory.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import styles from './Changes.module.css'
import type { RowChange } from './Matrix.tsx'
import type { ResultRow } from '#renderer/model/probeRow.ts'

export interface Changed {
  changes: ProbeChanges | undefined
  changeOf: (row: ResultRow) => RowChange | undefined
}

export function useChanges(before: ProbeReport | undefined, report: ProbeReport | null): Changed {
  return useMemo(() => {
    if (!before || !report) return { changes: undefined, changeOf: () => undefined }
    const changes = changesBetween(before, report)
    const marks = changeMarks(changes)
    return { changes, changeOf: (row: ResultRow) => marks.get(row.result.session) }
  }, [before, report])
}

export function Changes({ changes, before, id }: { changes: ProbeChanges; before: ProbeReport; id: string }) {
  const details = changeWords(changes)
  return (
    <section className={styles.strip} aria-label="Since the last run">
      <Icon name={changes.same ? 'check' : 'again'} size="s" />
      <div className={styles.words}>
        <p>
          <b>Since {whenWords(Date.parse(before.startedAt))}:</b> {changes.sentence}
        </p>
        {details.length > 0 && (
          <ul>
            {details.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
      </div>
      <LinkButton onPress={() => goTo({ room: 'compare', id: before.id, other: id })}>
        Side by side
      </LinkButton>
    </section>
  )
}
