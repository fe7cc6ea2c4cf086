/** Owns: the message's text, what the reading could not do, and the list of its parts. Nothing in it is run or loaded. */
import { sizeShort } from '#renderer/model/measures.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { useFirst } from '#renderer/ui/useFirst.tsx'
import styles from './MessageView.module.css'

const made = 'Made from the HTML part.'
const drawnAtOnce = 50

/** What a person should know of how this text came about. */
function readingNotes({ html, textNote = '', problems }: MessageDetail): string {
  const fromHtml = textNote.startsWith(made)
  const about = fromHtml
    ? 'HTML part, shown as text.'
    : 'Shown is the plain text; the HTML part is in the source.'
  const note = problems.includes(textNote) ? '' : textNote.replace(made, '').trim()
  return [html ? about : '', note].filter(Boolean).join(' ')
}

function Notes({ message }: { message: MessageDetail }) {
  const notes = readingNotes(message)
  if (notes === '' && message.problems.length === 0) return null
  return (
    <div className={styles.notes}>
      {notes !== '' && (
        <p>
          <Icon name="shield" size="s" />
          {notes}
        </p>
      )}
      {message.problems.map((problem) => (
        <p key={problem} className={styles.warn}>
          <Icon name="warn" size="s" />
          {problem}
        </p>
      ))}
    </div>
  )
}

/** A part that is no body has a name, or a type that is no text. */
const isAttachment = ({ name, type }: MessageDetail['parts'][number]) =>
  name !== '' || !/^text\/(?:plain|html)$/i.test(type)

function Attachments({ parts }: Pick<MessageDetail, 'parts'>) {
  const { drawn, more } = useFirst(parts, drawnAtOnce, 'attachments')
  return (
    <>
      <ul className={styles.parts} aria-label="Attachments">
        {drawn.map(({ name, type, size }, place) => (
          <li key={place}>
            <Chip icon="attachment">
              {name || type}, {sizeShort(size)}
            </Chip>
          </li>
        ))}
      </ul>
      {more && <p className={styles.moreParts}>{more}</p>}
    </>
  )
}

export function TextTab({ message }: { message: MessageDetail }) {
  const attached = message.parts.filter(isAttachment)
  return (
    <>
      <Notes message={message} />
      {message.text.trim() === '' ? (
        <p className={styles.noText}>There is no text in it. The source shows every octet.</p>
      ) : (
        <div className={styles.text}>{message.text}</div>
      )}
      {attached.length > 0 && <Attachments key={message.id} parts={attached} />}
    </>
  )
}
