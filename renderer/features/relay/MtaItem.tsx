/** Owns: one virtual MTA as a card that opens its form. */
import { Button } from 'react-aria-components'
import { mtaTls, type MtaOf } from '#renderer/model/relayStatus.ts'
import { waitWords } from '#renderer/model/relayTime.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import styles from './Places.module.css'

export function MtaItem({ mta, onEdit }: { mta: MtaOf; onEdit: () => void }) {
  const { name, sourceHosts, tls, retryAfter, queued } = mta
  const { words, tone, icon } = mtaTls[tls]
  const [first] = sourceHosts
  return (
    <article className={styles.card} aria-label={`Virtual MTA ${name}`}>
      <div className={styles.title}>
        <h3 className={styles.name}>
          <Button
            className={styles.open ?? ''}
            aria-label={`${name}, change the virtual MTA`}
            onPress={onEdit}
          >
            {name}
          </Button>
        </h3>
        <span className={styles.queued}>{queued.toLocaleString('en-US')} queued</span>
      </div>
      <p className={styles.source}>
        {first ? (
          <>
            {first.address}
            <span> as </span>
            {first.name}
            {sourceHosts.length > 1 && <span> and {sourceHosts.length - 1} more</span>}
          </>
        ) : (
          <span>from the relay’s own address</span>
        )}
      </p>
      <div className={styles.chips}>
        <Chip tone={tone} {...(icon ? { icon } : {})}>
          {words}
        </Chip>
        <Chip>retry after {waitWords(retryAfter)}</Chip>
      </div>
    </article>
  )
}
