/** Owns: one listener of the relay as a card that opens its form. */
import { Button } from 'react-aria-components'
import { changeListener } from '#renderer/flows/server.ts'
import { useServices } from '#renderer/flows/services.ts'
import { mechanismsWords } from '#renderer/model/listenerWords.ts'
import { countWords } from '#renderer/model/measures.ts'
import { addressPort, likeWords, listenerState, portOf, tlsWords, type ListenerStatus } from '#renderer/model/server.ts' // prettier-ignore
import { relayAuthWords } from '#renderer/model/relayStatus.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Places.module.css'
import { useRelay } from './useRelay.ts'

export interface ListenerItemProps {
  listener: ListenerStatus
  /** Among all listeners of the server. */
  place: number
}

function State({ listener }: { listener: ListenerStatus }) {
  if (listener.mapped) return <ToneIcon tone="warn" word="needs permission" />
  const { tone, word } = listenerState(listener)
  return <ToneIcon tone={tone} word={word} />
}

function Now({ listener, onWhy }: { listener: ListenerStatus; onWhy: () => void }) {
  const { mapped, problem, sessions, total } = listener
  if (mapped) return <LinkButton onPress={onWhy}>Why, and what to do</LinkButton>
  if (problem) return problem
  return `${countWords(sessions, 'session')}, ${total.toLocaleString('en-US')} since start`
}

/** The card went with its button: whoever works by keys stands in the room, not nowhere. */
function focusBack(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true }) // prettier-ignore
  })
}

function More({ listener, place, where }: ListenerItemProps & { where: string }) {
  const services = useServices()
  const on = listener.enabled !== false
  const change = (to: Partial<ListenerStatus> | null) =>
    changeListener(services, services.stores.server.getState().status?.listeners ?? [], place, to)
  return (
    <span className={styles.more}>
      <Menu
        label={`Listener on ${where}`}
        trigger={<IconButton icon="more" size="s" label={`More of the listener on ${where}`} />}
        items={[
          { id: 'switch', label: on ? 'Switch off' : 'Switch on', icon: on ? 'pause' : 'run', onAction: () => void change({ enabled: !on }) },
          { id: 'remove', label: 'Remove', icon: 'trash', tone: 'danger', onAction: () => void change(null).then(focusBack) },
        ]}
      />
    </span>
  )
} // prettier-ignore

export function ListenerItem({ listener, place }: ListenerItemProps) {
  const { stores } = useServices()
  const policy = useRelay((relay) => relay.rules?.policy)
  const ask = (form: 'edit' | 'low-port') => () => stores.server.getState().set({ form: { form, place } })
  const port = listener.mapped ? listener.port : portOf(listener)
  const where = addressPort(listener.address, portOf(listener))
  const mechanisms = mechanismsWords(listener)
  return (
    <article className={styles.card} aria-label={`Listener on ${where}`}>
      <div className={styles.title}>
        <h3>
          <Button className={styles.open ?? ''} aria-label={`${port === 0 ? 'Any free port' : port}, change the listener on ${where}`} onPress={ask('edit')}>
            {port === 0 ? 'any free port' : port}
          </Button>
        </h3>
        <span className={styles.like}>{listener.label ?? (listener.mapped ? `on ${listener.mapped.port} for now` : likeWords({ port, tls: listener.tls }))}</span>
        <State listener={listener} />
        <More listener={listener} place={place} where={where} />
      </div>
      <dl className={styles.facts}>
        <dt>TLS</dt>
        <dd>{tlsWords[listener.tls]}</dd>
        <dt>Sign-in</dt>
        <dd>
          {relayAuthWords(listener, policy)}
          {mechanisms && `: ${mechanisms}`}
        </dd>
        <dt>Now</dt>
        <dd className={styles.now}>
          <Now listener={listener} onWhy={ask('low-port')} />
        </dd>
      </dl>
    </article>
  )
} // prettier-ignore
