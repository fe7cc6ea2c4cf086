/** Owns: what is wrong with a group of choices, where no single field can say it. */
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Form.module.css'

export function Wrong({ words }: { words: string | undefined }) {
  if (words === undefined) return null
  return (
    <p className={styles.wrong} role="alert" data-wrong tabIndex={-1}>
      <Icon name="bad" size="xs" />
      <span>{words}</span>
    </p>
  )
}
