/** Owns: what DNS and the policy host say of a mail domain: who takes its mail, and what protects the way there. */
import type { DomainReport, ReverseRow } from '#shared/rpc/contract/probeDomain.ts'
import { mxSentence } from '#renderer/model/probeDetailDomain.ts'
import { securityVerdict } from '#renderer/model/probeDetailTlsa.ts'
import { shownName } from '#renderer/model/tls.ts'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Domain.module.css'
import { MtaSts, TlsReporting } from './DomainPolicies.tsx'
import { MxList } from './MxList.tsx'
import { Panel } from './Panel.tsx'
import { TlsaList } from './TlsaList.tsx'

export interface DomainPanelProps {
  domain: DomainReport
  reverse: ReverseRow[]
  onOpenDialogue: (session: string, event?: number) => void
}

export function DomainPanel({ domain, reverse, onOpenDialogue }: DomainPanelProps) {
  const { tone, words } = mxSentence(domain)
  const takesMail = domain.mx !== 'null' && domain.mx !== 'failed' && domain.records.length > 0
  return (
    <section className={styles.domain} aria-label={`Mail domain ${shownName(domain.name)}`}>
      <div className={styles.head}>
        <h2>{shownName(domain.name)}</h2>
        <LinkButton icon="dialogue" onPress={() => onOpenDialogue(domain.session)}>
          What was asked, and every answer
        </LinkButton>
      </div>
      <p className={styles.sentence}>
        <ToneIcon tone={tone} spoken={tone !== 'info'} />
        <span>{words}</span>
      </p>
      <div className={styles.columns}>
        {takesMail && (
          <Panel
            title="Who takes its mail"
            icon="inbox"
            aside={domain.security && securityVerdict(domain.security).words}
          >
            <MxList records={domain.records} reverse={reverse} />
          </Panel>
        )}
        <div className={styles.column}>
          {takesMail && <TlsaList hosts={domain.tlsa} />}
          <MtaSts sts={domain.mtaSts} />
          <TlsReporting reporting={domain.tlsReporting} />
        </div>
      </div>
    </section>
  )
}
