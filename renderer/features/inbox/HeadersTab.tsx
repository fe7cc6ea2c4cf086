/** Owns: the route that the trace fields tell, and the header fields as they stand in the message: order and names as written, values decoded. */
import { spelled } from '#renderer/model/inbox.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { Route } from './Route.tsx'
import styles from './MessageView.module.css'

export function HeadersTab({ headers }: { headers: MessageDetail['headers'] }) {
  if (headers.length === 0)
    return <p className={styles.noText}>There is no header field that could be read.</p>
  return (
    <>
      <Route headers={headers} />
      <dl className={styles.headers}>
        {headers.map(({ name, value }, place) => (
          <div key={place}>
            <dt>{name}</dt>
            <dd>{spelled(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
