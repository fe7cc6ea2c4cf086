/** Owns: two dialogues side by side: reading them, what is shown when one is not there, and the way to either. */
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { ComparePicker } from './ComparePicker.tsx'
import styles from './Diff.module.css'
import { DiffHead } from './DiffHead.tsx'
import { DiffList } from './DiffList.tsx'
import { useDiff, useSide, type DiffSide } from './useDiff.ts'

function Missing({ side, other, which }: { side: DiffSide; other: DiffSide; which: string }) {
  const { stores } = useServices()
  const pick = () => stores.compare.getState().set({ picking: other.id })
  return (
    <EmptyState
      icon="warn"
      title={`The ${which} dialogue is not there`}
      actions={
        other.missing === undefined ? (
          <>
            <Button tone="primary" onPress={pick}>
              Compare with another…
            </Button>
            <Button onPress={() => goTo({ room: 'dialogue', id: other.id })}>Show the other one alone</Button>
          </>
        ) : (
          <Button tone="primary" onPress={() => goTo({ room: 'dialogue', id: '' })}>
            Show all dialogues
          </Button>
        )
      }
    >
      {side.missing}
    </EmptyState>
  )
}

export function DiffRoom({ left: leftId, right: rightId }: { left: string; right: string }) {
  const { stores } = useServices()
  // Read in one order whichever is left, so that swapping the sides reads nothing again.
  const swapped = leftId > rightId
  const first = useSide(swapped ? rightId : leftId)
  const second = useSide(swapped ? leftId : rightId)
  const [left, right] = swapped ? [second, first] : [first, second]
  const diff = useDiff(left, right)
  const open = (which: 'left' | 'right', seq?: number) => {
    const { id } = which === 'left' ? left : right
    if (seq) {
      stores.view.getState().select(id, seq)
      stores.view.getState().follow(id, false)
    }
    goTo({ room: 'dialogue', id })
  }
  const missing = left.missing !== undefined ? left : right.missing !== undefined ? right : undefined
  return (
    <div className={styles.room}>
      {missing ? (
        <>
          <h1 className="visuallyHidden">Two dialogues compared</h1>
          <Missing
            side={missing}
            other={missing === left ? right : left}
            which={missing === left ? 'left' : 'right'}
          />
        </>
      ) : (
        <>
          <DiffHead left={left} right={right} diff={diff} onOpen={open} />
          {diff && (
            <DiffList
              diff={diff}
              startedAt={[left.summary?.startedAt, right.summary?.startedAt]}
              onOpen={open}
            />
          )}
        </>
      )}
      <ComparePicker />
    </div>
  )
}
