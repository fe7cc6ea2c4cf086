/**
 * Owns: the card at the seam: what TLS agreed, whether the certificate holds or why not, and the chain with its names and
 * dates. Names come from the other side and may be of any length: they are cut here and whole in the inspector.
 */
import type { Certificate, EventOf } from '#shared/transcript/event.ts'
import { asSentence } from '#renderer/model/explanation.ts'
import { cipherName, commonName, dayOf, shownName, tlsName, validity } from '#renderer/model/tls.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Ladder.module.css'

/** Certificates that are drawn; the inspector has all of them. */
const drawn = 4

interface LinkProps {
  name: string
  place: number
  /** The second line: its dates, or that it was not sent. */
  dates: string
  expired?: boolean
}

function Link({ name, place, dates, expired = false }: LinkProps) {
  return (
    <span className={styles.certificate}>
      {place > 0 && <i className={styles.chainLink} />}
      <span className={styles.certificateWords}>
        <span title={name}>{name}</span>
        <small className={cx(expired && styles.bad)}>{dates}</small>
      </span>
    </span>
  )
}

const ended = (certificate: Certificate, at: string | undefined) =>
  at !== undefined && validity(certificate, at)?.tone === 'bad'

function Chain({ chain, startedAt }: { chain: readonly Certificate[]; startedAt: string | undefined }) {
  const shown = chain.slice(0, drawn)
  const last = shown.at(-1)
  const rootMissing = shown.length === chain.length && last !== undefined && last.subject !== last.issuer
  return (
    <div className={styles.chain}>
      {shown.map((certificate, place) => (
        <Link
          key={certificate.fingerprint256}
          name={commonName(certificate.subject)}
          place={place}
          dates={`${dayOf(certificate.validFrom)} to ${dayOf(certificate.validTo)}`}
          expired={ended(certificate, startedAt)}
        />
      ))}
      {rootMissing && <Link name={commonName(last.issuer)} place={shown.length} dates="not sent" />}
      {chain.length > drawn && <small>and {chain.length - drawn} more</small>}
    </div>
  )
}

function Check({ event, startedAt }: { event: EventOf<'tls'>; startedAt: string | undefined }) {
  const leaf = event.chain?.[0]
  const life = leaf && startedAt ? validity(leaf, startedAt) : null
  return (
    <div className={styles.cardLine}>
      {event.verified === undefined ? (
        <span className={styles.cardSoft}>No certificate was checked here</span>
      ) : event.verified ? (
        <ToneIcon tone="good" size="xs" word="Name matches, chain trusted" />
      ) : (
        <ToneIcon
          tone="warn"
          size="xs"
          word={`Not verified. ${asSentence(event.problem?.message ?? '')}`.trim()}
        />
      )}
      {life && (
        <span className={cx(styles.cardNote, life.tone !== 'good' && styles[life.tone])}>{life.words}</span>
      )}
    </div>
  )
}

/** What was asked for and chosen beside the cipher: absent where the handshake had none, or nobody wrote it down. */
const extras = ({ sni, alpn, resumed }: EventOf<'tls'>): string[] =>
  [sni && `SNI ${shownName(sni)}`, alpn && `ALPN ${shownName(alpn)}`, resumed && 'resumed'].filter(
    (words): words is string => typeof words === 'string' && words !== '',
  )

/** `startedAt`: when the session began; the age of a certificate is judged by that time. */
export function TlsCard({ event, startedAt }: { event: EventOf<'tls'>; startedAt: string | undefined }) {
  const failed = event.outcome === 'failed'
  const chain = event.chain ?? []
  return (
    <div className={styles.card}>
      <span className={styles.cardIcon}>
        <Icon name={failed ? 'bad' : 'lock'} />
      </span>
      <div className={styles.cardWords}>
        <div className={styles.cardLine}>
          <b>{failed ? 'TLS handshake failed' : `${tlsName(event.version)} handshake`}</b>
          <span className={styles.cardSoft} title={event.cipher}>
            {[event.group, cipherName(event.cipher)].filter(Boolean).join(', ')}
          </span>
          <span className={styles.cardExtras}>
            {extras(event).map((words) => (
              <span key={words} title={words}>
                {words}
              </span>
            ))}
          </span>
        </div>
        {failed && (
          <div className={styles.cardLine}>{asSentence(event.fault?.message ?? 'No reason was given.')}</div>
        )}
        {(!failed || event.verified !== undefined) && <Check event={event} startedAt={startedAt} />}
        {chain.length > 0 && <Chain chain={chain} startedAt={startedAt} />}
      </div>
    </div>
  )
}
