/** Owns: saying how far the reading of a file or of a long paste is, with the way to call it off. */
import type { ImportProgress as Progress } from '#renderer/flows/importing.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import { Button } from '#renderer/ui/Button.tsx'
import styles from './ImportProgress.module.css'

export function ImportProgress({ progress, onCancel }: { progress: Progress; onCancel: () => void }) {
  const { name, read, size, events, share, sent } = progress
  return (
    <section className={styles.card} aria-label="Reading a file">
      <div className={styles.name}>Reading {name}</div>
      <progress className={styles.bar} max={1} value={share} aria-label={`Reading ${name}`} />
      <div className={styles.foot}>
        <output>
          {sent
            ? `${Math.floor(share * 100)} % of ${sizeShort(size)} read`
            : `${sizeShort(read)} of ${sizeShort(size)}`}
          , {events.toLocaleString('en-US')} events
        </output>
        <Button onPress={onCancel}>Stop reading</Button>
      </div>
    </section>
  )
}
