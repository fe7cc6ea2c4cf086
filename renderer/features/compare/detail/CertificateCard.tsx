/** Owns: one certificate of a chain: whose, its faults, its life with today on it, key and signature, the names it is for. */
import { useState } from 'react'
import type { CertificateView, LifeLine } from '#renderer/model/probeDetailChain.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { percent } from '#renderer/ui/percent.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Chain.module.css'

/** Names shown before the rest is asked for. */
const namesAtOnce = 4

const roles: Record<CertificateView['role'], string> = {
  server: 'the server’s own',
  intermediate: 'intermediate',
  root: 'root',
}

function Life({ line }: { line: LifeLine }) {
  const { from, to, start, end, today, life } = line
  return (
    <div className={cx(styles.life, styles[life.tone])}>
      <svg className={styles.track} aria-hidden="true" width="100%" height="14">
        <rect className={styles.axis} x="0" y="6" width="100%" height="2" rx="1" />
        <rect className={styles.span} x={percent(start)} y="4" width={percent(end - start)} height="6" rx="3" />
        <rect className={styles.gone} x={percent(start)} y="4" width={percent(Math.max(0, Math.min(today, end) - start))} height="6" rx="3" />
        <svg x={percent(today)} overflow="visible">
          <rect className={styles.today} x={today > 0.5 ? -2 : 0} y="0" width="2" height="14" rx="1" />
        </svg>
      </svg>
      <div className={styles.dates}>
        <span>{from}</span>
        <span className={styles.left}>today, {life.words}</span>
        <span>{to}</span>
      </div>
    </div>
  )
} // prettier-ignore

function Names({ names }: { names: readonly string[] }) {
  const [all, setAll] = useState(false)
  if (names.length === 0) return null
  const shown = all ? names : names.slice(0, namesAtOnce)
  return (
    <div className={styles.names}>
      <span className={styles.soft}>For</span>
      {shown.map((name, place) => (
        // A hostile certificate may name one host twice.
        <span key={`${place} ${name}`} className={styles.name}>
          {name.replace(/^DNS:/, '')}
        </span>
      ))}
      {names.length > namesAtOnce && (
        <LinkButton expanded={all} onPress={() => setAll(!all)}>
          {all ? 'fewer' : `and ${names.length - namesAtOnce} more names`}
        </LinkButton>
      )}
    </div>
  )
}

/** Serial number and fingerprint: needed seldom, and then exactly. */
function Numbers({ certificate }: { certificate: CertificateView }) {
  const { subject, serial, fingerprint } = certificate
  return (
    <details className={styles.numbers}>
      <summary>
        Serial number and fingerprint<span className="visuallyHidden"> of {certificate.name}</span>
      </summary>
      <dl>
        {subject !== '' && (
          <div>
            <dt>Subject</dt>
            <dd>{subject}</dd>
          </div>
        )}
        <div>
          <dt>Serial</dt>
          <dd>{serial}</dd>
        </div>
        <div>
          <dt>SHA-256</dt>
          <dd>{fingerprint}</dd>
        </div>
      </dl>
    </details>
  )
}

export interface CertificateCardProps {
  certificate: CertificateView
  /** A root that this computer trusts. */
  trusted: boolean
}

export function CertificateCard({ certificate, trusted }: CertificateCardProps) {
  const { role, name, names, line, keyText, signature, purposes, faults, selfSigned } = certificate
  const signed = signature !== '' && (selfSigned ? `signs itself, ${signature}` : signature)
  return (
    <div className={cx(styles.card, faults.some(({ grade }) => grade === 'error') && styles.faulty)}>
      <div className={styles.top}>
        <Icon name="certificate" size="s" />
        <b>{name}</b>
        <span className={styles.role}>{trusted ? 'root, trusted here' : roles[role]}</span>
      </div>
      {faults.map(({ code, grade, words }) => (
        <div key={code} className={cx(styles.fault, grade === 'warning' && styles.mild)}>
          <ToneIcon tone={grade === 'error' ? 'bad' : 'warn'} size="s" />
          <span>{words}</span>
        </div>
      ))}
      {line && <Life line={line} />}
      <Names names={role === 'server' ? names : []} />
      <p className={styles.soft}>
        {[keyText, signed, purposes !== '' && `for ${purposes}`].filter(Boolean).join(' · ')}
      </p>
      <Numbers certificate={certificate} />
    </div>
  )
}
