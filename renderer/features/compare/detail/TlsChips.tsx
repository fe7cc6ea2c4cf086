/** Owns: which TLS versions a server takes, one mark each: a glyph, a number, and the whole in words for readers. */
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { versionMarks, type VersionMark } from '#renderer/model/probeDetailVersions.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import styles from './TlsChips.module.css'

const glyphs: Record<VersionMark['state'], IconName> = {
  accepted: 'check',
  old: 'warn',
  refused: 'close',
  'not-asked': 'unknown',
  doubtful: 'unknown',
}

export interface TlsChipsProps {
  tls?: TlsRow | undefined
  /** Only what is accepted: for narrow rows. */
  compact?: boolean
  /** Inside something that is pressed, where no list may stand. */
  inline?: boolean
}

export function TlsChips({ tls, compact = false, inline = false }: TlsChipsProps) {
  if (!tls) return <span className={styles.none}>Not seen</span>
  const all = versionMarks(tls)
  const marks = compact ? all.filter(({ state }) => state === 'accepted' || state === 'old') : all
  if (marks.length === 0) return <span className={styles.none}>None accepted</span>
  const [List, Item] = inline ? (['span', 'span'] as const) : (['ul', 'li'] as const)
  return (
    <List className={styles.marks} {...(inline ? {} : { 'aria-label': 'TLS versions' })}>
      {marks.map(({ short, state, words }) => (
        <Item key={short} className={cx(styles.mark, styles[state])} title={words}>
          <Icon name={glyphs[state]} size="xs" />
          <span aria-hidden="true">{short}</span>
          <span className="visuallyHidden">{inline ? `${words}, ` : words}</span>
        </Item>
      ))}
    </List>
  )
}
