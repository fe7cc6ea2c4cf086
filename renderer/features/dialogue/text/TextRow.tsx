/** Owns: one event of the Text view: number, time, who, lines. Its text can be marked and copied like any text. */
import { memo } from 'react'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { describe } from '#shared/transcript/describe.ts'
import { textClock, textLines } from '#renderer/model/textLines.ts'
import { replyTone } from '#renderer/model/wire.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Text.module.css'

export interface TextRowProps {
  event: TranscriptEvent
  times: boolean
  selected: boolean
  id: string
  onSelect: () => void
}

/** Whoever marks text with the pointer means the text, not the row. */
const marksText = (): boolean => (globalThis.getSelection?.()?.toString() ?? '') !== ''

function TextRowDrawn({ event, times, selected, id, onSelect }: TextRowProps) {
  const { mark, sealed, lines } = textLines(event)
  const tone = event.kind === 'reply' ? replyTone(event.code) : 'neutral'
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and its keys do the same
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold the parts of a row
      role="option"
      id={id}
      aria-selected={selected}
      className={cx(
        styles.row,
        sealed && styles.sealed,
        !sealed && mark !== '--' && styles.open,
        mark === '--' && styles.note,
      )}
      onClick={() => !marksText() && onSelect()}
    >
      <span className={cx('visuallyHidden', styles.unmarked)}>{describe(event)}</span>
      <span className={styles.number} aria-hidden="true">
        {event.seq}
      </span>
      {times && (
        <span className={styles.time} aria-hidden="true">
          {textClock(event.at)}
        </span>
      )}
      <span className={styles.mark} aria-hidden="true">
        {mark}
      </span>
      <span className={styles.lock} aria-hidden="true">
        {sealed && <Icon name="lock" size="xs" />}
      </span>
      <span className={styles.text} aria-hidden="true">
        {lines.map((line, place) => (
          <span key={place} className={cx(styles.line, (tone === 'warn' || tone === 'bad') && styles[tone])}>
            {line || ' '}
          </span>
        ))}
      </span>
    </div>
  )
}

export const TextRow = memo(
  TextRowDrawn,
  (a, b) => a.event === b.event && a.times === b.times && a.selected === b.selected && a.id === b.id,
)
