/** Owns: the parts of a message as an indented list, read when it is drawn. */
import { useEffect, useState } from 'react'
import { readOutline, type Outline } from '#renderer/flows/outline.ts'
import { useServices } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import { countWords, sizeShort } from '#renderer/model/measures.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './BodyOutline.module.css'
import type { Session } from './useSession.ts'

/** Only a body that is complete has an outline that stays. */
export function BodyOutline({ session, body }: { session: Session; body: number }) {
  const services = useServices()
  const [outline, setOutline] = useState<Outline>()
  const [problem, setProblem] = useState('')
  const complete = session.model.ladder.bodies.get(body)?.last === true
  const { id } = session
  useEffect(() => {
    if (!complete) return undefined
    const stop = new AbortController()
    readOutline(services, { session: id, body }, stop.signal).then(
      (read) => read && setOutline(read),
      (error: unknown) => !stop.signal.aborted && setProblem(wordsOf(error)),
    )
    return () => stop.abort()
  }, [services, id, body, complete])
  if (!complete) return <p className={styles.note}>The message is still coming.</p>
  if (problem) return <p className={styles.note}>{problem}</p>
  if (!outline) return <p className={styles.note}>Reading the parts</p>
  return (
    <>
      <ul className={styles.outline} aria-label="Parts of the message">
        {outline.parts.map(({ depth, type, name, encoding, size }, place) => (
          <li key={place} style={{ paddingLeft: depth * 16 }}>
            <Icon name={name ? 'attachment' : type.startsWith('multipart/') ? 'list' : 'file'} size="xs" />
            <span className={styles.type}>{type}</span>
            {name && <span className={styles.name}>{name}</span>}
            {!type.startsWith('multipart/') && (
              <small>
                {sizeShort(size)}
                {encoding ? `, ${encoding}` : ''}
              </small>
            )}
          </li>
        ))}
      </ul>
      {outline.more > 0 && <p className={styles.note}>and {countWords(outline.more, 'part')} more</p>}
      {outline.read < outline.total && (
        <p className={styles.note}>
          Parts of the first {sizeShort(outline.read)} of {sizeShort(outline.total)}.
        </p>
      )}
    </>
  )
}
