/**
 * Owns: what a cell of the matrix says as the way to the event that proves it. The pointer finds it; the keys come to it
 * from its row with Right, so that a row stays one stop of the Tab key.
 */
import type { ReactNode } from 'react'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { proofOf, type CellName } from '#renderer/model/probeProof.ts'
import styles from './CellLink.module.css'

export interface CellLinkProps {
  result: PortResult
  cell: CellName
  /** What is cut off in the cell. */
  title?: string | undefined
  onOpen: (session: string, event?: number) => void
  children: ReactNode
}

export function CellLink({ result, cell, title, onOpen, children }: CellLinkProps) {
  const proof = proofOf(result, cell)
  if (!proof) return <>{children}</>
  const { session, event } = proof
  const where = event === undefined ? 'Shows its dialogue' : `Shows event ${event} of its dialogue`
  return (
    <button
      type="button"
      className={styles.cell}
      tabIndex={-1}
      data-cell={cell}
      title={title === undefined || title === '' ? where : `${title}\n${where}`}
      onClick={(click) => {
        click.stopPropagation()
        onOpen(session, event)
      }}
      onDoubleClick={(click) => click.stopPropagation()}
    >
      {children}
    </button>
  )
}
