/**
 * Owns: the room's columns: list, centre, side pane. Where the window is narrow the side pane becomes a sheet from the
 * right (under 1200) and the list one from the left (under 960); whoever owns the room keeps whether they are open.
 * Each column carries `data-pane`, by which F6 goes round.
 */
import type { ReactNode } from 'react'
import { Sheet } from './Sheet.tsx'
import styles from './SplitPane.module.css'
import { narrowQueries, useMedia } from './useMedia.ts'

export interface PaneSlot {
  label: string
  content: ReactNode
  /** Only read where the pane is a sheet. */
  open: boolean
  onClose: () => void
}

export interface SplitPaneProps {
  list?: PaneSlot
  center: ReactNode
  centerLabel: string
  side?: PaneSlot | undefined
}

export function SplitPane({ list, center, centerLabel, side }: SplitPaneProps) {
  const sideIsSheet = useMedia(narrowQueries.sheetRight)
  const listIsSheet = useMedia(narrowQueries.sheetLeft)
  return (
    <div className={styles.split}>
      {list && !listIsSheet && (
        <nav className={styles.list} aria-label={list.label} data-pane="list">
          {list.content}
        </nav>
      )}
      {list && listIsSheet && (
        <Sheet open={list.open} label={list.label} side="left" onClose={list.onClose} width={300}>
          {list.content}
        </Sheet>
      )}
      <section className={styles.center} aria-label={centerLabel} data-pane="center">
        {center}
      </section>
      {side && !sideIsSheet && (
        <aside className={styles.side} aria-label={side.label} data-pane="side">
          {side.content}
        </aside>
      )}
      {side && sideIsSheet && (
        <Sheet open={side.open} label={side.label} side="right" onClose={side.onClose}>
          {side.content}
        </Sheet>
      )}
    </div>
  )
}
