/** Owns: one row of the list: a message, or a session that left none. What it shows by glyphs it says in words too. */
import type { MouseEvent } from 'react'
import { goTo } from '#renderer/flows/route.ts'
import { arrivalTime, arrivalWords, senderName, subjectWords } from '#renderer/model/inbox.ts'
import { attachmentWords, decidedWords, outcomeWord } from '#renderer/model/inboxView.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import styles from './MessageRow.module.css'

export interface MessageRowProps {
  message: MessageSummary
  selected: boolean
  /** A click with Ctrl, Cmd or Shift; `true` when that was all. */
  onPick?: (event: MouseEvent) => boolean
}

const marks: Record<MessageSummary['outcome'], IconName> = {
  kept: 'good',
  refused: 'bad',
  broken: 'neutral',
  idle: 'clock',
}

function Extras({ message: { attachments, starred, tags } }: { message: MessageSummary }) {
  return (
    <>
      {tags.length > 0 && (
        <span className={styles.tag}>
          <span className="visuallyHidden">tagged </span>
          {tags[0]}
          {tags.length > 1 && ` +${tags.length - 1}`}
        </span>
      )}
      {starred && (
        <span className={styles.star}>
          <Icon name="star" size="xs" />
          <span className="visuallyHidden">starred</span>
        </span>
      )}
      {attachments > 0 && (
        <>
          <Icon name="attachment" size="xs" />
          <span className="visuallyHidden">{attachmentWords(attachments)}</span>
        </>
      )}
    </>
  )
}

export function MessageRow({ message, selected, onPick }: MessageRowProps) {
  const { id, unread, sealed, outcome } = message
  const kept = outcome === 'kept'
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and moves with the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold three lines
      role="option"
      id={`message-${id}`}
      aria-selected={selected}
      className={cx(styles.row, unread && styles.unread)}
      onClick={(event) => onPick?.(event) || goTo({ room: 'inbox', id })}
    >
      <span className={cx(styles.mark, styles[outcome])}>
        <Icon name={marks[outcome]} size="m" />
        <span className="visuallyHidden">
          {outcomeWord[outcome]}
          {unread && ', unread'}
        </span>
        {unread && <i />}
      </span>
      <div className={styles.words}>
        <div className={styles.line}>
          <span className={styles.name}>{senderName(message)}</span>
          <span className={styles.time}>{arrivalTime(message.receivedAt)}</span>
        </div>
        <div className={styles.subject}>{kept ? subjectWords(message.subject) : message.subject}</div>
        <div className={styles.arrival}>
          <span className={sealed ? styles.sealed : styles.open}>
            <Icon name={sealed ? 'lock' : 'eye'} size="xs" />
            <span className="visuallyHidden">{sealed ? 'sealed' : 'in clear'}</span>
          </span>
          <span className={styles.how}>{kept ? arrivalWords(message) : decidedWords(message)}</span>
          <Extras message={message} />
          <span className={styles.port}>:{message.port}</span>
        </div>
      </div>
    </div>
  )
}
