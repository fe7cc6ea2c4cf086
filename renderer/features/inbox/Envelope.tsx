/** Owns: headers beside envelope: who the message says it is from, and who it was really from and for. */
import { spelled } from '#renderer/model/inbox.ts'
import { differsFromHeader, envelopeTo } from '#renderer/model/inboxEnvelope.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import styles from './MessageView.module.css'

function Recipients({ message }: { message: MessageDetail }) {
  const { named, hidden } = envelopeTo(message)
  return (
    <>
      {(named.length > 0 ? named : hidden).join(', ')}
      {named.length > 0 && hidden.length > 0 && (
        <span className={styles.more} title={hidden.join(', ')}>
          {' '}
          and {hidden.join(', ')} <Chip>in no header</Chip>
        </span>
      )}
    </>
  )
}

export function Envelope({ message }: { message: MessageDetail }) {
  return (
    <dl className={styles.envelope}>
      <dt>From</dt>
      <dd>{spelled(message.from) || 'no From field'}</dd>
      <dt>Envelope from</dt>
      <dd>
        {message.mailFrom === '' ? '<> (null sender, a bounce)' : message.mailFrom}{' '}
        {differsFromHeader(message) && (
          <Chip tone="warn" icon="warn">
            differs from From
          </Chip>
        )}
      </dd>
      <dt>To</dt>
      <dd>{message.to || 'no To field'}</dd>
      <dt>Envelope to</dt>
      <dd>
        <Recipients message={message} />
      </dd>
    </dl>
  )
}
