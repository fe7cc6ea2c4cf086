/** Owns: the card at the seam: what TLS agreed, the chain of certificates, and whether the name fits. */
import type { EventOf } from '#shared/transcript/event.ts'
import { cipherName, commonName, daysLeft, tlsName } from '#renderer/model/tls.ts'
import { countWords } from '#renderer/model/measures.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Ladder.module.css'

function Chain({ event }: { event: EventOf<'tls'> }) {
  const chain = event.chain ?? []
  const shown = chain.slice(0, 4)
  return (
    <span className={styles.chain}>
      {shown.map((certificate, place) => (
        <span key={certificate.fingerprint256} className={styles.chain}>
          {place > 0 && <i className={styles.chainLink} />}
          <span>{commonName(certificate.subject)}</span>
        </span>
      ))}
      {shown.length === chain.length && shown.at(-1) && shown.at(-1)!.subject !== shown.at(-1)!.issuer && (
        <span className={styles.chain}>
          <i className={styles.chainLink} />
          <span>{commonName(shown.at(-1)!.issuer)}</span>
        </span>
      )}
    </span>
  )
}

function NameCheck({ event }: { event: EventOf<'tls'> }) {
  if (event.verified === true) return <ToneIcon tone="good" size="xs" word="Name matches" />
  if (event.verified === false)
    return <ToneIcon tone="warn" size="xs" word={event.problem?.message ?? 'Not verified'} />
  return <span className={styles.cardSoft}>No certificate was checked here</span>
}

/** `now` in milliseconds since 1970, when the session began: a certificate's age is judged by that time. */
export function TlsCard({ event, startedAt }: { event: EventOf<'tls'>; startedAt: string | undefined }) {
  const failed = event.outcome === 'failed'
  const leaf = event.chain?.[0]
  const days = leaf && startedAt ? daysLeft(leaf, startedAt) : null
  return (
    <div className={styles.card}>
      <span className={styles.cardIcon}>
        <Icon name={failed ? 'bad' : 'lock'} />
      </span>
      <div className={styles.cardWords}>
        <div className={styles.cardLine}>
          <b>{failed ? 'TLS handshake failed' : `${tlsName(event.version)} handshake`}</b>
          <span className={styles.cardSoft}>
            {[event.group, cipherName(event.cipher)].filter(Boolean).join(', ')}
          </span>
          {event.resumed && <span className={styles.cardNote}>resumed</span>}
        </div>
        <div className={cx(styles.cardLine)}>
          {failed ? (
            <span>{event.fault?.message ?? 'No reason was given.'}</span>
          ) : (
            <NameCheck event={event} />
          )}
          {!failed && <Chain event={event} />}
          {days !== null && (
            <span className={cx(styles.cardNote, days < 0 ? styles.bad : days < 15 && styles.warn)}>
              {days < 0 ? `expired ${countWords(-days, 'day')} ago` : countWords(days, 'day')}
            </span>
          )}
        </div>
      </div>
    </div>
  )
}
