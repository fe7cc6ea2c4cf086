/** Owns: a secret that is told once: it can be copied now, and is put away by the person. */
import { Button } from '#renderer/ui/Button.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './ApiCard.module.css'

export interface ToldOnceProps {
  /** As "The token, shown this once". */
  title: string
  secret: string
  /** As "Copy token". */
  copy: string
  onDone: () => void
}

export function ToldOnce({ title, secret, copy, onDone }: ToldOnceProps) {
  return (
    <div className={styles.once}>
      <Icon name="key" />
      <div className={styles.onceWords}>
        <output>{title}</output>
        <code className={styles.secret}>{secret}</code>
      </div>
      <div className={styles.onceActs}>
        <CopyButton text={secret}>{copy}</CopyButton>
        <Button tone="quiet" onPress={onDone}>
          Put away
        </Button>
      </div>
    </div>
  )
}
