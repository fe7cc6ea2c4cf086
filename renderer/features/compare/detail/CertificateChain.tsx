/** Owns: the chain as the server sent it, from its own certificate up to the root, and the gap where one is missing. */
import type { ChainView } from '#renderer/model/probeDetailChain.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { CertificateCard } from './CertificateCard.tsx'
import styles from './Chain.module.css'

function Link({ broken, words }: { broken: boolean; words: string }) {
  return (
    <div className={cx(styles.link, broken && styles.broken)}>
      {broken && <Icon name="unplug" size="xs" />}
      <span>{words}</span>
    </div>
  )
}

const absences = {
  missing: { role: 'missing', icon: 'bad', words: '' },
  here: { role: 'known here', icon: 'shield', words: 'This computer trusts it already, so the server need not send it.' },
  unsettled: { role: 'not sent', icon: 'unknown', words: 'Whether this computer knows it was not settled: another fault came first.' },
} as const // prettier-ignore

function Above({ above }: { above: NonNullable<ChainView['above']> }) {
  const { role, icon, words } = absences[above.kind]
  return (
    <div className={cx(styles.card, styles.absent, above.kind === 'missing' && styles.missing)}>
      <div className={styles.top}>
        <Icon name={icon} size="s" />
        <b>{above.issuer}</b>
        <span className={styles.role}>{role}</span>
      </div>
      {above.faults.map((fault) => (
        <p key={fault.code} className={styles.gap}>
          {fault.words}
        </p>
      ))}
      {words !== '' && <p className={styles.soft}>{words}</p>}
    </div>
  )
}

export function CertificateChain({ view, verified }: { view: ChainView; verified: boolean }) {
  const { certificates, above } = view
  const linked = (place: number) => certificates[place + 1]?.name ?? above?.issuer
  return (
    <ol className={styles.chain} aria-label="Certificate chain, the server’s own first">
      {certificates.map((certificate, place) => (
        <li key={certificate.key}>
          <CertificateCard certificate={certificate} trusted={verified && certificate.role === 'root'} />
          {linked(place) !== undefined && (
            <Link
              broken={place === certificates.length - 1 && above?.kind === 'missing'}
              words={`signed by ${certificate.issuer}`}
            />
          )}
        </li>
      ))}
      {above && (
        <li>
          <Above above={above} />
        </li>
      )}
    </ol>
  )
}
