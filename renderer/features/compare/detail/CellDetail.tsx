/** Owns: all that is known of one cell of the matrix, drawn under its row: TLS, certificates, what is offered, its further dialogues. */
import { useState } from 'react'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { chainView } from '#renderer/model/probeDetailChain.ts'
import { otherDialogues } from '#renderer/model/probeDetailDialogues.ts'
import { shownName } from '#renderer/model/tls.ts'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { CertificateChain } from './CertificateChain.tsx'
import styles from './Detail.module.css'
import { OfferDetail } from './OfferDetail.tsx'
import { Note, Panel } from './Panel.tsx'
import { TlsDetail } from './TlsDetail.tsx'

export interface CellDetailProps {
  result: PortResult
  /** Milliseconds of the epoch by which certificates are judged; absent: when it was first drawn. */
  now?: number
  onOpenDialogue: (session: string, event?: number) => void
}

function Certificates({ result, now }: { result: PortResult; now: number }) {
  const { tls, findings } = result
  if (!tls) return null
  const view = chainView(tls, findings, now)
  const aside = tls.verified ? 'name matches, chain trusted' : undefined
  return (
    <Panel title="Certificate" icon="certificate" aside={view && aside}>
      {view ? (
        <CertificateChain view={view} verified={tls.verified} />
      ) : (
        <Note tone="neutral">
          {tls.version === 'none'
            ? 'Not seen: this computer’s TLS agreed on nothing with the server.'
            : 'The server showed no certificate.'}
        </Note>
      )}
    </Panel>
  )
}

function Dialogues({ result, onOpenDialogue }: Omit<CellDetailProps, 'now'>) {
  const all = otherDialogues(result)
  if (all.length === 0) return null
  return (
    <ul className={styles.dialogues} aria-label="Further dialogues of this cell">
      {all.map(({ session, name, about }) => (
        <li key={session}>
          <LinkButton icon="dialogue" onPress={() => onOpenDialogue(session)}>
            {name}
          </LinkButton>
          <span className={styles.soft}>{about}</span>
        </li>
      ))}
    </ul>
  )
}

export function CellDetail({ result, now, onOpenDialogue }: CellDetailProps) {
  const [drawn] = useState(() => Date.now())
  const { tone, message, next, reachable, tls } = result
  // A scan makes the first column long; without TLS the second one would be empty.
  const beside = tls === undefined || tls.scan !== undefined
  return (
    <div className={styles.detail}>
      <div className={styles.verdict}>
        <ToneIcon tone={tone} size="m" spoken={tone !== 'neutral'} />
        <div>
          <p>{shownName(message)}</p>
          {next !== undefined && <p className={styles.soft}>{shownName(next)}</p>}
        </div>
      </div>
      {reachable && (
        <div className={styles.columns}>
          <div className={styles.column}>
            <TlsDetail result={result} />
            {!beside && <OfferDetail result={result} />}
          </div>
          <div className={styles.column}>
            <Certificates result={result} now={now ?? drawn} />
            {beside && <OfferDetail result={result} />}
          </div>
        </div>
      )}
      <Dialogues result={result} onOpenDialogue={onOpenDialogue} />
    </div>
  )
}
