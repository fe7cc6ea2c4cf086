/** Owns: the listeners of the local server, and the one that is edited. */
import { useState } from 'react'
import type { ListenerStatus } from '#renderer/model/server.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ListenerCard } from './ListenerCard.tsx'
import { ListenerDialog } from './ListenerDialog.tsx'
import styles from './Room.module.css'

export function Listeners({ listeners }: { listeners: readonly ListenerStatus[] }) {
  const [editing, setEditing] = useState<number | 'new' | null>(null)
  return (
    <section className={styles.section} aria-labelledby="listeners">
      <div className={styles.sectionHead}>
        <h2 id="listeners">Listeners</h2>
        <Button tone="quiet" icon="plus" onPress={() => setEditing('new')}>
          Add a listener
        </Button>
      </div>
      {listeners.length === 0 && (
        <p className={styles.quiet}>There is none: add one, and applications can connect.</p>
      )}
      <div className={styles.cards}>
        {listeners.map((listener, place) => (
          <ListenerCard
            key={`${listener.address} ${listener.port} ${listener.tls}`}
            listener={listener}
            all={listeners}
            onEdit={() => setEditing(place)}
          />
        ))}
      </div>
      {editing !== null && (
        <ListenerDialog
          listener={editing === 'new' ? null : (listeners[editing] ?? null)}
          all={listeners}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  )
}
