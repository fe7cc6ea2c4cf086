/** Owns: the glyph of what wrote a transcript. */
import type { SessionHead } from '#shared/transcript/event.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './SourceIcon.module.css'

export type Source = SessionHead['source']

export const sources: Record<Source, { icon: IconName; word: string }> = {
  probe: { icon: 'probe', word: 'Test' },
  send: { icon: 'send', word: 'Send' },
  server: { icon: 'server', word: 'Local server' },
  relay: { icon: 'relay', word: 'Relay' },
  intercept: { icon: 'intercept', word: 'Intercept' },
  import: { icon: 'import', word: 'Imported' },
  lesson: { icon: 'book', word: 'Lesson' },
}

/** A 24 pixel tile; the word is spoken, and shown by whoever stands beside it. */
export function SourceIcon({ source }: { source: Source }) {
  return (
    <span className={styles.tile} data-source-icon>
      <Icon name={sources[source].icon} size="s" />
      <span className="visuallyHidden">{sources[source].word}</span>
    </span>
  )
}
