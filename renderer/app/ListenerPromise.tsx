/** Owns: the first standing promise: which local ports listen now. */
import { useAway, useConnection } from '../flows/services.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './TitleBar.module.css'

export function ListenerPromise() {
  const ports = useConnection((connection) => connection.ports)
  const away = useAway()
  return (
    <span className={styles.promise}>
      <Icon name="server" size="s" />
      <span className={styles.words}>
        {away && 'Local server: not known now'}
        {!away && ports.length === 0 && 'Local server: no port listens'}
        {!away && ports.length > 0 && (
          <>
            Local server on <span className={styles.ports}>{ports.join(' ')}</span>
          </>
        )}
      </span>
    </span>
  )
}
