/** Owns: the two policies that a domain may announce: MTA-STS with its mode and MX, and where failures are reported. */
import type { DomainReport } from '#shared/rpc/contract/probeDomain.ts'
import { reportingVerdict, stsVerdict, type Verdict } from '#renderer/model/probeDetailDomain.ts'
import { shownName } from '#renderer/model/tls.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Domain.module.css'
import { Panel } from './Panel.tsx'

/** Names in one list; the rest is counted. */
const drawn = 12

function Sentence({ verdict }: { verdict: Verdict }) {
  return (
    <p className={styles.sentence}>
      <ToneIcon tone={verdict.tone} spoken={verdict.tone !== 'info'} />
      <span>{verdict.words}</span>
    </p>
  )
}

function Names({ names, about }: { names: readonly string[]; about: string }) {
  if (names.length === 0) return null
  return (
    <div className={styles.names}>
      <span className={styles.soft}>{about}</span>
      {names.slice(0, drawn).map((name, place) => (
        <span key={`${place} ${name}`} className={styles.name}>
          {shownName(name)}
        </span>
      ))}
      {names.length > drawn && <span className={styles.soft}>and {names.length - drawn} more</span>}
    </div>
  )
}

export function MtaSts({ sts }: { sts: DomainReport['mtaSts'] }) {
  return (
    <Panel title="MTA-STS" icon="shield">
      <Sentence verdict={stsVerdict(sts)} />
      <Names names={sts?.patterns ?? []} about="It allows" />
      {(sts?.failing ?? []).slice(0, drawn).map(({ host, why }) => (
        <div key={host} className={styles.problem}>
          <ToneIcon tone="bad" size="s" spoken />
          <span>
            <b>{shownName(host)}</b> {sts?.policy === 'read' ? 'does not keep it' : 'would not keep it'}:{' '}
            {shownName(why)}
          </span>
        </div>
      ))}
    </Panel>
  )
}

export function TlsReporting({ reporting }: { reporting: DomainReport['tlsReporting'] }) {
  return (
    <Panel title="TLS reporting" icon="mail">
      <Sentence verdict={reportingVerdict(reporting)} />
      <Names names={reporting.reports} about="To" />
    </Panel>
  )
}
