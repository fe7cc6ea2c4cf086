/** Owns: one row of the queue: glyph, whom, the last words, when it goes next. */
import { spelled } from '#renderer/model/inbox.ts'
import { spokenState, toneOf, when, whom, type QueueTone } from '#renderer/model/relayQueue.ts'
import type { QueueItem } from '#shared/rpc/contract/relay.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import styles from './QueueRow.module.css'

export const queueGlyphs: Record<QueueTone, IconName> = {
  moving: 'relay',
  later: 'clock',
  held: 'paused',
  good: 'good',
  bad: 'bad',
  gone: 'neutral',
}

export interface QueueRowProps {
  item: QueueItem
  now: number
  /** All deliveries are: nothing goes at the time that an entry has. */
  paused: boolean
  selected: boolean
  onPick: () => void
}

export function QueueRow({ item, now, paused, selected, onPick }: QueueRowProps) {
  const tone = toneOf(item)
  const { at, how } = when(item, now, paused)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and moves with the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold two lines
      role="option"
      id={`leg-${item.id}`}
      aria-selected={selected}
      className={styles.row}
      onClick={onPick}
    >
      <span className={cx(styles.glyph, styles[tone])}>
        <Icon name={queueGlyphs[tone]} size="s" />
      </span>
      <span className={styles.whom}>
        {whom(item)}
        <span className="visuallyHidden">, {spokenState(item)}, </span>
      </span>
      <span className={styles.words}>{spelled(item.words)}</span>
      <span className={styles.at}>{at}</span>
      <span className={styles.how}>{how}</span>
    </div>
  )
}
