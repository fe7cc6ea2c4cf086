/** Owns: a command to be typed elsewhere, and copying it. */
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import styles from './CommandLine.module.css'

export function CommandLine({ command }: { command: string }) {
  return (
    <div className={styles.line}>
      <code>{command}</code>
      <CopyButton text={command} tone="quiet">
        Copy
      </CopyButton>
    </div>
  )
}
