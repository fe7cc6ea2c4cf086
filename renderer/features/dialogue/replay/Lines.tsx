/** Owns: the lines that a replay would say, as far as they are shown, and what is left out of them. */
import type { ReplayPreview } from '#shared/rpc/contract/replay.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import styles from './Replay.module.css'

/** Controls are shown as dots: a recorded line may hold anything. */
const shown = (raw: string): string => raw.replace(/\r?\n$/, '').replace(/\p{Cc}/gu, '·')

function words({ raw, octets }: ReplayPreview['client']['lines'][number]): string {
  const content =
    octets === undefined ? '' : `${raw === '' ? '' : '  '}(message content, ${sizeShort(octets)})`
  return `${shown(raw)}${content}`
}

export function Lines({ client }: { client: ReplayPreview['client'] }) {
  const more = client.total - client.lines.length
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <ol className={styles.lines} aria-label="Lines that will be said" tabIndex={0}>
        {client.lines.map((line, place) => (
          <li key={place} className={line.octets === undefined ? undefined : styles.content}>
            {words(line)}
          </li>
        ))}
        {more > 0 && <li className={styles.content}>and {more} more</li>}
      </ol>
      {client.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </>
  )
}
