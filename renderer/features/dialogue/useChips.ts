/**
 * Owns: going through the capabilities of the selected EHLO reply by arrow keys. They are no tab stops of their own: ten
 * of them in each reply would bury the list. Right of an open reply leads into them, Left leads out; what one means is
 * drawn below the chips and announced.
 */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { capabilityWords, type CapabilityChip } from '#renderer/model/capabilities.ts'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import type { LadderView, ShownRow } from '#renderer/model/ladderView.ts'
import type { Session } from './useSession.ts'

/** The chips that are drawn below the row at `index`; none when it is no EHLO reply. */
function chipsBelow(session: Session, view: LadderView, index: number): readonly CapabilityChip[] {
  const row = view.row(index + 1)
  if (row?.kind !== 'capabilities') return []
  const reply = eventBySeq(session.log, row.seq)
  const before = row.before === undefined ? undefined : eventBySeq(session.log, row.before)
  if (reply?.kind !== 'reply') return []
  return capabilityWords(reply, before?.kind === 'reply' ? before : undefined).chips
}

export interface Chips {
  /** The chip of this row that the keys stand on. */
  of: (row: ShownRow) => number | undefined
  /** Takes Left and Right when they are about the chips of the active row, which is `open` or not; else false. */
  keyed: (key: string, open: boolean) => boolean
}

/** `active`: the row that the list stands on. */
export function useChips(session: Session, view: LadderView, active: number): Chips {
  const { stores } = useServices()
  const [at, setAt] = useState<{ seq: number; chip: number } | null>(null)
  const seq = view.row(active)?.seq ?? 0
  // Whoever comes back to the reply begins anew.
  if (at && at.seq !== seq) setAt(null)
  const keyed = (key: string, open: boolean): boolean => {
    if (key !== 'ArrowRight' && key !== 'ArrowLeft') return false
    const chips = chipsBelow(session, view, active)
    const current = at?.seq === seq ? at.chip : -1
    if (!open || chips.length === 0 || (key === 'ArrowLeft' && current < 0)) return false
    const chip = Math.min(current + (key === 'ArrowRight' ? 1 : -1), chips.length - 1)
    setAt(chip < 0 ? null : { seq, chip })
    const announcement =
      chip < 0 ? 'Back at the reply' : `${chip + 1} of ${chips.length}, ${chips[chip]!.about}`
    stores.view.getState().set({ announcement })
    return true
  }
  return { of: (row) => (row.kind === 'capabilities' && row.seq === at?.seq ? at.chip : undefined), keyed }
}
