/** Owns: the chain as the server sent it, from its own certificate up to the root, and the gap where one is missing. */
import type { ChainView } from '#renderer/model/probeDetailChain.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { CertificateCard } from './CertificateCard.tsx'
import styles from './Chain.module.css'

function Link({ broken, words }: { broken: boolean; words: string }) {
  return (
    <div className={cx(styles.link, broken && styles.broken)}>
      <Icon name={broken ? 'unplug' : 'link'} size="xs" />
      <span>{words}</span>
    </div>
  )
}

function Above({ above }: { above: NonNullable<ChainView['above']> }) {
  const missing = above.kind === 'missing'
  return (
    <div className={cx(styles.card, styles.absent, missing && styles.missing)}>
      <div className={styles.top}>
        <Icon name={missing ? 'bad' : 'shield'} size="s" />
        <b>{above.issuer}</b>
        <span className={styles.role}>{missing ? 'missing' : 'known here'}</span>
      </div>
      {missing ? (
        above.faults.map(({ code, words }) => (
          <div key={code} className={styles.fault}>
            <ToneIcon tone="bad" size="s" />
            <span>{words}</span>
          </div>
        ))
      ) : (
        <p className={styles.soft}>This computer trusts it already, so the server need not send it.</p>
      )}
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
