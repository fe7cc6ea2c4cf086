/** Owns: the parts of a line and what each means, one under the other. */
import type { Meaning } from '#renderer/model/explanation.ts'
import styles from './Inspector.module.css'

export function Meanings({ meanings }: { meanings: readonly Meaning[] }) {
  return (
    <dl className={styles.meanings}>
      {meanings.map(({ part, words }, place) => [
        <dt key={`${place} part`}>{part}</dt>,
        <dd key={`${place} words`}>{words}</dd>,
      ])}
    </dl>
  )
}
