/** Owns: what stands below the matrix: findings, advice with its sources, the mail domain, control hosts, remarks. */
import { allFindings } from '#shared/probe/findings.ts'
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { useServices } from '#renderer/flows/services.ts'
import { reachWords, sessionLabels } from '#renderer/model/probeBelow.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Below.module.css'
import { DomainPanel } from './detail/DomainPanel.tsx'
import { FindingsList } from './detail/FindingsList.tsx'
import { RecommendationViews } from './detail/RecommendationViews.tsx'
import { openDialogue } from './useCompare.ts'

function ControlResults({ controls }: Pick<ProbeReport, 'controls'>) {
  const services = useServices()
  return (
    <section className={styles.part} aria-label="Control hosts">
      <h2>Control hosts</h2>
      <ul>
        {controls.map((control) => {
          const { tone, words } = reachWords(control)
          return (
            <li key={control.session} className={styles.control}>
              <ToneIcon tone={tone} />
              <LinkButton onPress={() => openDialogue(services, control.session)}>
                {control.host}, port {control.port}
              </LinkButton>
              <span className={styles.soft}>{words}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Remarks({ remarks }: Pick<ProbeReport, 'remarks'>) {
  return (
    <section className={styles.part} aria-label="Remarks">
      <ul>
        {remarks.map((remark) => (
          <li key={remark} className={styles.remark}>
            <Icon name="info" size="s" />
            <span>{remark}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Below({ report }: { report: ProbeReport }) {
  const services = useServices()
  const labels = sessionLabels(report)
  const open = (session: string, event?: number) => openDialogue(services, session, event)
  const findings = allFindings(report).filter(({ code }) => code !== 'recommended-port')
  return (
    <div className={styles.below} data-pane="findings">
      {report.remarks.length > 0 && <Remarks remarks={report.remarks} />}
      {(findings.length > 0 || !report.cancelled) && (
        <FindingsList
          findings={findings}
          label={(session) => labels.get(session) ?? 'dialogue'}
          onOpen={open}
        />
      )}
      {report.recommendation && <RecommendationViews recommendation={report.recommendation} />}
      {report.domain && <DomainPanel domain={report.domain} reverse={report.reverse} onOpenDialogue={open} />}
      {report.controls.length > 0 && <ControlResults controls={report.controls} />}
    </div>
  )
}
