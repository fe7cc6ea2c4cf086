/** Owns: how the message arrived: the dialogue that brought it, who signed in, and when it was safe. */
import { useEffect, useMemo } from 'react'
import { goTo } from '#renderer/flows/route.ts'
import { useServices, useTranscripts } from '#renderer/flows/services.ts'
import { watchEvents } from '#renderer/flows/transcripts.ts'
import { compactLines } from '#renderer/model/compact.ts'
import { emptyLog, eventsOf } from '#renderer/model/eventLog.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import { routeHash } from '#renderer/model/routes.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { CompactDialogue } from '#renderer/ui/CompactDialogue.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Arrival.module.css'
import { CheckSummary } from './CheckSummary.tsx'

const nothing = emptyLog()
/** Lines shown here; the ladder shows all. */
const shownLines = 60

function Facts({ message }: { message: MessageDetail }) {
  const client = useTranscripts((transcripts) => transcripts.summaries[message.session]?.host)
  const received = new Date(message.receivedAt)
  return (
    <dl className={styles.facts}>
      <dt>Client</dt>
      <dd>{client ?? 'not recorded any more'}</dd>
      <dt>Signed in as</dt>
      <dd>{message.user ?? 'nobody'}</dd>
      <dt>Connection</dt>
      <dd>
        <ToneIcon
          tone={message.sealed ? 'sealed' : 'open'}
          size="xs"
          word={message.sealed ? 'sealed' : 'in clear'}
        />
        , port {message.port}
      </dd>
      {message.outcome === 'kept' && (
        <>
          <dt>Stored before 250</dt>
          <dd>
            <ToneIcon tone="good" size="xs" word="yes, on disk" />
          </dd>
          <dt>Size</dt>
          <dd>{sizeShort(message.size)}</dd>
        </>
      )}
      <dt>Received</dt>
      <dd>
        <time dateTime={message.receivedAt}>{received.toLocaleString('en-GB')}</time>
      </dd>
    </dl>
  )
}

export function Arrival({ message }: { message: MessageDetail }) {
  const services = useServices()
  const { session } = message
  useEffect(() => watchEvents(services, session), [services, session])
  const log = useTranscripts((transcripts) => transcripts.logs[session]) ?? nothing
  const problem = useTranscripts((transcripts) => transcripts.problems[session])
  const lines = useMemo(() => compactLines(eventsOf(log), shownLines), [log])
  const open = (seq: number) => {
    services.stores.view.getState().select(session, seq)
    goTo({ room: 'dialogue', id: session })
  }
  return (
    <div className={styles.arrival}>
      <div className={styles.head}>
        <h2>How it arrived</h2>
        <a href={routeHash({ room: 'dialogue', id: session })}>
          <span>Open dialogue</span>
          <Icon name="to-server" size="xs" />
        </a>
      </div>
      {lines.length > 0 && (
        <CompactDialogue label="Dialogue that brought the message" lines={lines} onOpen={open} />
      )}
      {problem && lines.length === 0 && <p className={styles.problem}>{problem}</p>}
      <Facts message={message} />
      {message.outcome === 'kept' && <CheckSummary id={message.id} />}
    </div>
  )
}
