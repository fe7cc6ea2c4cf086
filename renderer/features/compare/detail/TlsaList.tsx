/** Owns: TLSA records host by host: what each pins down, whether it fits, and what DNSSEC proves. */
import {
  noTlsa,
  securityCaveat,
  securityVerdict,
  tlsaMatch,
  tlsaNumbers,
  tlsaWords,
  type TlsaHost,
} from '#renderer/model/probeDetailTlsa.ts'
import { shownName } from '#renderer/model/tls.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Domain.module.css'
import { Note, Panel } from './Panel.tsx'

type TlsaRecord = TlsaHost['records'][number]

/** Records of one host that are drawn; more say nothing new. */
const drawn = 8

function Record({ record }: { record: TlsaRecord }) {
  const { tone, words } = tlsaMatch(record)
  return (
    <li className={styles.tlsa}>
      <span className={styles.wire}>{tlsaNumbers(record)}</span>
      <div>
        <div className={styles.problem}>
          <ToneIcon tone={tone} size="s" />
          <span>{words}</span>
        </div>
        <p className={styles.soft}>{tlsaWords(record)}</p>
      </div>
    </li>
  )
}

function Host({ host }: { host: TlsaHost }) {
  const proof = securityVerdict(host.security)
  const records = host.records.slice(0, drawn)
  return (
    <li className={styles.tlsaHost}>
      <div className={styles.tlsaHead}>
        <span>
          <b>{shownName(host.host)}</b> <span className={styles.soft}>port {host.port}</span>
        </span>
        {records.length === 0 ? (
          <span className={styles.soft}>{noTlsa(host)}</span>
        ) : (
          <ToneIcon tone={proof.tone} size="xs" word={proof.words} />
        )}
      </div>
      {records.length > 0 && (
        <ul>
          {records.map((record, place) => (
            <Record key={`${place} ${tlsaNumbers(record)}`} record={record} />
          ))}
        </ul>
      )}
      {host.records.length > drawn && <p className={styles.soft}>and {host.records.length - drawn} more</p>}
    </li>
  )
}

export function TlsaList({ hosts }: { hosts: readonly TlsaHost[] }) {
  const caveat = securityCaveat(hosts)
  return (
    <Panel title="DANE (TLSA)" icon="key">
      {hosts.length === 0 ? (
        <p className={styles.soft}>No host was asked for.</p>
      ) : (
        <ul className={styles.list}>
          {hosts.map((host) => (
            <Host key={`${host.host} ${host.port}`} host={host} />
          ))}
        </ul>
      )}
      {caveat !== '' && <Note tone="neutral">{caveat}</Note>}
    </Panel>
  )
}
