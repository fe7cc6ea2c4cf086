/** Owns: the row of seven steps with their times. The glyph and the spoken word say the state, the colour repeats it. */
import type { ComposeStep } from '#renderer/model/composeSteps.ts'
import { msShort } from '#renderer/model/measures.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import styles from './StepDots.module.css'

const glyphs: Record<ComposeStep['state'], IconName | null> = {
  done: 'check',
  failed: 'close',
  now: null,
  waiting: null,
  skipped: null,
}
const words: Record<ComposeStep['state'], string> = {
  done: 'done',
  failed: 'failed',
  now: 'under way',
  waiting: 'still to come',
  skipped: 'not used',
}

const time = ({ state, took }: ComposeStep): string => {
  if (state === 'waiting') return ''
  if (state === 'skipped') return 'not used'
  const text = msShort(took)
  return text.endsWith('s') ? text : `${text} ms`
}

export function StepDots({ steps }: { steps: readonly ComposeStep[] }) {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map((step) => (
        <li
          key={step.name}
          className={cx(styles.step, styles[step.state])}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <i className={styles.dot}>{glyphs[step.state] && <Icon name={glyphs[step.state]!} size="xs" />}</i>
          <span>{step.name}</span>
          <span className="visuallyHidden">{words[step.state]}</span>
          <em>{time(step)}</em>
        </li>
      ))}
    </ol>
  )
}
