/** Owns: one listener: where, how sealed, who may send, and how it stands. */
import { useServices } from '#renderer/flows/services.ts'
import { configureServer } from '#renderer/flows/server.ts'
import { countWords } from '#renderer/model/measures.ts'
import {
  addressPort,
  authWords,
  likeWords,
  portOf,
  ruleOf,
  tlsWords,
  type ListenerStatus,
} from '#renderer/model/server.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './ListenerCard.module.css'

const states = {
  listening: { tone: 'good', word: 'listening' },
  failed: { tone: 'warn', word: 'cannot listen' },
  off: { tone: 'neutral', word: 'off' },
} as const

export interface ListenerCardProps {
  listener: ListenerStatus
  all: readonly ListenerStatus[]
  onEdit: () => void
}

export function ListenerCard({ listener, all, onEdit }: ListenerCardProps) {
  const services = useServices()
  const port = portOf(listener)
  const where = addressPort(listener.address, port)
  const remove = () => {
    const listeners = all.filter((one) => one !== listener).map(ruleOf)
    void configureServer(services, { listeners })
  }
  const { tone, word } = states[listener.state]
  return (
    <article className={styles.card} aria-label={`Listener on ${where}`}>
      <div className={styles.head}>
        <h3>{port === 0 ? 'any free port' : port}</h3>
        <span className={styles.like}>{likeWords({ port, tls: listener.tls })}</span>
        <ToneIcon tone={tone} word={word} />
        <Menu
          label={`Listener on ${where}`}
          trigger={<IconButton icon="more" label={`Change the listener on ${where}`} size="s" />}
          items={[
            { id: 'edit', label: 'Edit …', icon: 'edit', onAction: onEdit },
            { id: 'remove', label: 'Remove', icon: 'trash', tone: 'danger', onAction: remove },
          ]}
        />
      </div>
      <dl className={styles.facts}>
        <dt>Address</dt>
        <dd className="mono">{where}</dd>
        <dt>TLS</dt>
        <dd>{tlsWords[listener.tls]}</dd>
        <dt>Sign-in</dt>
        <dd>{authWords(listener)}</dd>
        <dt>Now</dt>
        <dd>
          {countWords(listener.sessions, 'session')}, {listener.total.toLocaleString('en-US')} since start
        </dd>
      </dl>
      {listener.problem && (
        <div className={styles.problem}>
          <p>{listener.problem}</p>
          <Button onPress={onEdit}>Change it</Button>
        </div>
      )}
    </article>
  )
}
