/** Owns: what one side offers and the other does not, as chips: a plus and solid where it is, a cross and dashed where it is not. */
import { listsCapabilities, offered } from '#shared/transcript/diff/capabilities.ts'
import type { Difference, Step } from '#shared/transcript/diff/types.ts'
import { countWords } from '#renderer/model/measures.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Diff.module.css'

export interface CapabilityMarksProps {
  step: Step
  which: 'left' | 'right'
  differences: readonly Difference[]
}

export function CapabilityMarks({ step, which, differences }: CapabilityMarksProps) {
  if (!listsCapabilities(step.reply)) return null
  const about = differences.filter(({ aspect }) => aspect === 'capability')
  const here = (difference: Difference) => (which === 'left' ? difference.left : difference.right)
  const there = (difference: Difference) => (which === 'left' ? difference.right : difference.left)
  const same = offered(step.reply).size - about.filter((difference) => here(difference) !== '').length
  if (about.length === 0) return null
  return (
    <div className={styles.chips}>
      {about.map((difference) => {
        const has = here(difference) !== ''
        const changed = has && there(difference) !== ''
        return (
          <span key={difference.what} className={cx(styles.chip, !has && styles.without)}>
            <Icon name={changed ? 'edit' : has ? 'plus' : 'close'} size="xs" />
            {has ? here(difference) : `no ${difference.what}`}
          </span>
        )
      })}
      <span className={styles.rest}>and {countWords(same, 'other')} alike</span>
    </div>
  )
}
