/** Owns: one listener: where, how sealed, who may send, how it stands, and switching it. */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { changeListener } from '#renderer/flows/server.ts'
import { listenerMarks, mechanismsWords } from '#renderer/model/listenerWords.ts'
import { countWords } from '#renderer/model/measures.ts'
import {
  addressPort,
  authWords,
  likeWords,
  listenerState,
  portOf,
  ruleOf,
  tlsWords,
  type ListenerStatus,
} from '#renderer/model/server.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './ListenerCard.module.css'
import { LowPort } from './LowPort.tsx'

export interface ListenerCardProps {
  listener: ListenerStatus
  all: readonly ListenerStatus[]
  onEdit: () => void
}

function Head({ listener, all, onEdit, where }: ListenerCardProps & { where: string }) {
  const services = useServices()
  const change = (to: Partial<ListenerStatus> | null) =>
    changeListener(services, all, all.indexOf(listener), to)
  const port = portOf(listener)
  const mapped = listener.mapped !== undefined
  return (
    <div className={styles.head}>
      <h3>{mapped ? listener.port : port === 0 ? 'any free port' : port}</h3>
      <span className={styles.like}>
        {listener.label ?? (mapped ? `at ${port}` : likeWords({ port, tls: listener.tls }))}
      </span>
      <Switch selected={listener.enabled !== false} onChange={(enabled) => void change({ enabled })}>
        <span className="visuallyHidden">Listen on {where}</span>
      </Switch>
      <Menu
        label={`Listener on ${where}`}
        trigger={<IconButton icon="more" label={`Change the listener on ${where}`} size="s" />}
        items={[
          { id: 'edit', label: 'Edit …', icon: 'edit', onAction: onEdit },
          { id: 'remove', label: 'Remove', icon: 'trash', tone: 'danger', onAction: () => void change(null) },
        ]}
      />
    </div>
  )
}

function Facts({ listener, where }: { listener: ListenerStatus; where: string }) {
  const mechanisms = mechanismsWords(listener)
  const { tone, word } = listenerState(listener)
  return (
    <dl className={styles.facts}>
      <dt>Address</dt>
      <dd className={styles.place}>
        <span className="mono">{where}</span>
        <ToneIcon tone={tone} word={word} />
      </dd>
      <dt>TLS</dt>
      <dd>{tlsWords[listener.tls]}</dd>
      <dt>Sign-in</dt>
      <dd>
        {authWords(listener)}
        {mechanisms && `: ${mechanisms}`}
      </dd>
      <dt>Now</dt>
      <dd>
        {countWords(listener.sessions, 'session')}, {listener.total.toLocaleString('en-US')} since start
      </dd>
    </dl>
  )
}

function Marks({ listener }: { listener: ListenerStatus }) {
  const marks = listenerMarks(ruleOf(listener)).filter(({ words }) => words !== 'any password')
  if (marks.length === 0) return null
  return (
    <div className={styles.marks}>
      {marks.map(({ words, tone }) => (
        <Chip key={words} tone={tone}>
          {words}
        </Chip>
      ))}
    </div>
  )
}

function Notices({ notices }: { notices: readonly string[] }) {
  if (notices.length === 0) return null
  return (
    <ul className={styles.notices}>
      {notices.map((words) => (
        <li key={words}>
          <Icon name="info" size="xs" />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  )
}

export function ListenerCard(props: ListenerCardProps) {
  const { listener, onEdit } = props
  const [asking, setAsking] = useState(false)
  const where = addressPort(listener.address, portOf(listener))
  const { mapped } = listener
  return (
    <article className={styles.card} aria-label={`Listener on ${where}`}>
      <Head {...props} where={where} />
      <Facts listener={listener} where={where} />
      <Marks listener={listener} />
      {mapped && (
        <p className={styles.mapped}>
          <ToneIcon tone="warn" spoken />
          <span>
            {listener.port} is not permitted here, so it listens on {mapped.port}.{' '}
            <LinkButton onPress={() => setAsking(true)}>Why, and what to do</LinkButton>
          </span>
        </p>
      )}
      <Notices notices={listener.notices ?? []} />
      {listener.problem && (
        <div className={styles.problem}>
          <p>{listener.problem}</p>
          <Button onPress={onEdit}>Change it</Button>
        </div>
      )}
      {asking && mapped && <LowPort port={listener.port} mapped={mapped} onClose={() => setAsking(false)} />}
    </article>
  )
}
