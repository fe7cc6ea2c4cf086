/** Owns: a named part that is folded away: its head says in a few words what is inside. */
import type { ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import styles from './Fold.module.css'
import { Icon } from './Icon.tsx'

export interface FoldProps {
  title: string
  /** What holds inside, in a few words, also while it is folded. */
  summary?: ReactNode
  open: boolean
  onOpen: (open: boolean) => void
  /** Of its heading. */
  level?: 2 | 3 | 4
  children: ReactNode
}

export function Fold({ title, summary, open, onOpen, level = 3, children }: FoldProps) {
  return (
    <Disclosure className={styles.fold ?? ''} isExpanded={open} onExpandedChange={onOpen}>
      <Heading level={level} className={styles.heading ?? ''}>
        <Button slot="trigger" className={styles.trigger ?? ''}>
          <Icon name="right" size="s" />
          <span className={styles.title}>{title}</span>
          <span className={styles.summary}>{summary}</span>
        </Button>
      </Heading>
      <DisclosurePanel className={styles.panel ?? ''}>
        {open && <div className={styles.inner}>{children}</div>}
      </DisclosurePanel>
    </Disclosure>
  )
}
