/** Owns: the way of the message by its trace fields, drawn from the first host to the last, and what its clocks say. */
import { useMemo } from 'react'
import { spelled } from '#renderer/model/inbox.ts'
import { hopWords, routeOf, type Hop } from '#renderer/model/inboxRoute.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { cx } from '#renderer/ui/cx.ts'
import styles from './Route.module.css'

function HopRow({ hop }: { hop: Hop }) {
  const words = hopWords(hop)
  return (
    <li className={cx(styles.hop, hop.backwards && styles.backwards)} title={spelled(hop.raw)}>
      <span className={styles.from}>{spelled(hop.from) || 'not said from where'}</span>
      <span className={styles.to}>
        <span className="visuallyHidden">to </span>
        {spelled(hop.by) || 'not said by whom'}
        {hop.with !== '' && <span className={styles.with}>{spelled(hop.with)}</span>}
      </span>
      <span className={styles.time}>
        {hop.at !== null && <time dateTime={hop.at}>{new Date(hop.at).toLocaleString('en-GB')}</time>}
        {words !== '' && <b>{words}</b>}
      </span>
    </li>
  )
}

export function Route({ headers }: { headers: MessageDetail['headers'] }) {
  const hops = useMemo(() => routeOf(headers), [headers])
  if (hops.length === 0)
    return <p className={styles.none}>No Received field: the client gave it to Relayscope itself.</p>
  return (
    <section className={styles.route} aria-label="Route of the message">
      <h2>Route, by {hops.length === 1 ? 'its Received field' : `its ${hops.length} Received fields`}</h2>
      <ol>
        {hops.map((hop, place) => (
          <HopRow key={place} hop={hop} />
        ))}
      </ol>
    </section>
  )
}
