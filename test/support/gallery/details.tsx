/** Owns: the detail panels of Compare over a report that the script of the pictures puts in, one under the other. */
import { createRoot } from 'react-dom/client'
import { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { CellDetail } from '#renderer/features/compare/detail/CellDetail.tsx'
import { CertificateWord } from '#renderer/features/compare/detail/CertificateWord.tsx'
import { DomainPanel } from '#renderer/features/compare/detail/DomainPanel.tsx'
import { FindingsList } from '#renderer/features/compare/detail/FindingsList.tsx'
import { RecommendationViews } from '#renderer/features/compare/detail/RecommendationViews.tsx'
import { TlsChips } from '#renderer/features/compare/detail/TlsChips.tsx'
import { allFindings } from '#shared/probe/findings.ts'
import '#renderer/ui/styles/index.css'
import styles from './details.module.css'

const query = new URLSearchParams(location.search)
document.documentElement.dataset['theme'] = query.get('theme') ?? 'light'
const opened: unknown[] = []
const open = (...asked: unknown[]) => void opened.push(asked)

function Page({ report }: { report: ProbeReport }) {
  const labels = new Map(report.results.map((one) => [one.session, `${one.port}${one.family === 6 ? ' v6' : ''}`]))
  return (
    <main className={styles.page}>
      <h1 className="visuallyHidden">{report.target}</h1>
      {report.recommendation && <RecommendationViews recommendation={report.recommendation} />}
      {report.results.map((result, place) => (
        <section key={place} aria-label={`Cell ${place}`}>
          <h2 className={styles.row}>
            <b>{result.port}</b> {result.mode}
            <TlsChips tls={result.tls} />
            <CertificateWord tls={result.tls} />
            <TlsChips tls={result.tls} compact />
          </h2>
          <CellDetail result={result} onOpenDialogue={open} />
        </section>
      ))}
      {report.domain && <DomainPanel domain={report.domain} reverse={report.reverse} onOpenDialogue={open} />}
      <FindingsList findings={allFindings(report)} label={(session) => labels.get(session) ?? 'other'} onOpen={open} />
    </main>
  )
} // prettier-ignore

/** For the script that takes the pictures: draws a report, read as the schema says. */
Object.assign(window, {
  opened,
  draw(report: unknown) {
    createRoot(document.querySelector('#root')!).render(<Page report={ProbeReport.parse(report)} />)
  },
})
