/** Owns: a server's certificate in two or three words with its glyph. */
import { useState } from 'react'
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { certificateShort } from '#renderer/model/probeDetailCertificate.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './TlsChips.module.css'

export interface CertificateWordProps {
  tls?: TlsRow | undefined
  /** Milliseconds of the epoch; absent: when it was first drawn. */
  now?: number
}

export function CertificateWord({ tls, now }: CertificateWordProps) {
  const [drawn] = useState(() => Date.now())
  const { tone, words, spoken } = certificateShort(tls, now ?? drawn)
  if (tone === 'neutral') return <span className={styles.none}>{words}</span>
  return (
    <span className={styles.word} title={spoken}>
      <ToneIcon tone={tone} word={words} />
    </span>
  )
}
