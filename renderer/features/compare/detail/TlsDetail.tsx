/** Owns: the TLS of one cell: versions, suites and groups of each, what a scan learnt besides, and how far to trust it. */
import type { PortResult, TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { tlsAbsence } from '#renderer/model/probeDetailAbsence.ts'
import { refusedVersions, versionSuites, weakReasons } from '#renderer/model/probeDetailCiphers.ts'
import { scanDoubts, scanEffort, scanFacts } from '#renderer/model/probeDetailScan.ts'
import { CipherList, Reasons } from './CipherList.tsx'
import styles from './Detail.module.css'
import { Facts, Note, Panel } from './Panel.tsx'

function Refused({ tls }: { tls: TlsRow }) {
  const refused = refusedVersions(tls)
  if (refused.length === 0) return null
  return <p className={styles.soft}>Refused: {refused.join('; ')}.</p>
}

function Scan({ scan }: { scan: NonNullable<TlsRow['scan']> }) {
  return (
    <div className={styles.scan}>
      {scanDoubts(scan).map((words) => (
        <Note key={words} tone="warn">
          {words}
        </Note>
      ))}
      <Facts facts={scanFacts(scan)} />
    </div>
  )
}

export function TlsDetail({ result }: { result: PortResult }) {
  const { tls } = result
  if (!tls)
    return (
      <Panel title="TLS" icon="lock">
        <Note tone={tlsAbsence(result).tone}>{tlsAbsence(result).words}</Note>
      </Panel>
    )
  const versions = versionSuites(tls)
  const reasons = weakReasons(versions.flatMap(({ suites }) => suites))
  return (
    <Panel title="TLS" icon="lock" aside={tls.scan ? `Scan: ${scanEffort(tls.scan)}` : undefined}>
      {tls.seenBy === 'this-computer' && (
        <Note>
          Only what this computer’s TLS agreed on{tls.group === undefined ? '' : `, with the group ${tls.group}`}.
          A TLS scan shows all; of several addresses of one port it asks the first.
        </Note>
      )}
      {versions.length === 0 && <Note tone="bad">No version was accepted.</Note>}
      <div>
        {versions.map((version) => (
          <CipherList key={version.version} version={version} reasons={reasons} />
        ))}
        <Reasons reasons={reasons} />
      </div>
      <Refused tls={tls} />
      {tls.scan && <Scan scan={tls.scan} />}
    </Panel>
  )
} // prettier-ignore
