/** Owns: one message in the list. What it shows by glyphs it says in words too. */
import { goTo } from '#renderer/flows/route.ts'
import { arrivalTime, arrivalWords, senderName, subjectWords } from '#renderer/model/inbox.ts'
import { countWords } from '#renderer/model/measures.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './MessageRow.module.css'

export interface MessageRowProps {
  message: MessageSummary
  selected: boolean
}

export function MessageRow({ message, selected }: MessageRowProps) {
  const { id, unread, sealed, attachments } = message
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and moves with the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold three lines
      role="option"
      id={`message-${id}`}
      aria-selected={selected}
      className={cx(styles.row, unread && styles.unread)}
      onClick={() => goTo({ room: 'inbox', id })}
    >
      <span className={styles.mark}>
        {unread && (
          <>
            <i />
            <span className="visuallyHidden">Unread</span>
          </>
        )}
      </span>
      <div className={styles.words}>
        <div className={styles.line}>
          <span className={styles.name}>{senderName(message)}</span>
          <span className={styles.time}>{arrivalTime(message.receivedAt)}</span>
        </div>
        <div className={styles.subject}>{subjectWords(message.subject)}</div>
        <div className={styles.arrival}>
          <span className={sealed ? styles.sealed : styles.open}>
            <Icon name={sealed ? 'lock' : 'eye'} size="xs" />
            <span className="visuallyHidden">{sealed ? 'sealed' : 'in clear'}</span>
          </span>
          <span className={styles.how}>{arrivalWords(message)}</span>
          {attachments > 0 && (
            <>
              <Icon name="attachment" size="xs" />
              <span className="visuallyHidden">{countWords(attachments, 'attachment')}</span>
            </>
          )}
          <span className={styles.port}>:{message.port}</span>
        </div>
      </div>
    </div>
  )
}
