/** Owns: the app's own authority: what to compare it by, until when it holds, giving it away, and the way to trust it. */
import { useState } from 'react'
import { saveDer, savePem } from '#renderer/flows/certificates.ts'
import { dateWords, fingerprintLines, validity } from '#renderer/model/certificates.ts'
import type { Certificates } from '#shared/rpc/contract/certificates.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Certificates.module.css'

export interface AuthorityProps {
  authority: Certificates['authority']
  onTrust: () => void
}

export function Authority({ authority, onTrust }: AuthorityProps) {
  const [now] = useState(Date.now)
  const { tone, words } = validity(authority, now)
  return (
    <article className={styles.card} aria-labelledby="authority-name">
      <div className={styles.head}>
        <h3 id="authority-name">The app’s authority</h3>
        <ToneIcon tone={tone} word={words} />
      </div>
      <p className={styles.about}>
        Made on this computer, and its key never leaves it. It signs what listeners show unless they have a
        certificate of your own; an application that trusts it trusts all of them.
      </p>
      <dl className={styles.facts}>
        <dt>Fingerprint</dt>
        <dd className={styles.print}>
          <span className={styles.mono}>
            {fingerprintLines(authority.fingerprint256).map((line) => (
              <span key={line}>{line}</span>
            ))}
          </span>
          <span className={styles.quiet}>SHA-256</span>
        </dd>
        <dt>Valid from</dt>
        <dd>{dateWords(authority.validFrom)}</dd>
        <dt>Key</dt>
        <dd>{authority.key}</dd>
        <dt>File</dt>
        <dd className={styles.mono}>{authority.file}</dd>
      </dl>
      <div className={styles.acts}>
        <Button icon="shield" onPress={onTrust}>
          Trust it …
        </Button>
        <Button icon="export" onPress={() => savePem('relayscope-ca.pem', authority.pem)}>
          Save as PEM
        </Button>
        <Button icon="export" onPress={() => saveDer('relayscope-ca.der', authority.der)}>
          Save as DER
        </Button>
        <CopyButton text={authority.fingerprint256}>Copy fingerprint</CopyButton>
      </div>
    </article>
  )
}
