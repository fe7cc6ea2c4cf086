/** Owns: bytes shown as text in a box that scrolls when there are many; the keyboard reaches it. */
import styles from './Inspector.module.css'

export function WireText({ label, children }: { label: string; children: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- it scrolls, so the keyboard must reach it; a group is no landmark
    <div className={styles.wire} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
