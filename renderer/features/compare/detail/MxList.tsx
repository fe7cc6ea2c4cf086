/** Owns: the MX of a domain in the order in which servers try them, each with its addresses and their names. */
import { useState } from 'react'
import type { DomainReport, ReverseRow } from '#shared/rpc/contract/probeDomain.ts'
import { addressName, mxProblem } from '#renderer/model/probeDetailDomain.ts'
import { shownName } from '#renderer/model/tls.ts'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Domain.module.css'

/** Addresses of one host shown before the rest is asked for. */
const addressesAtOnce = 4

type Mx = DomainReport['records'][number]

function Address({ address, reverse }: { address: string; reverse: readonly ReverseRow[] }) {
  const named = addressName(address, reverse)
  return (
    <li className={styles.address}>
      <span className={styles.wire}>{address}</span>
      {named && (
        <span className={styles.named}>
          {named.name !== '' && <span className={styles.wire}>{named.name}</span>}
          <ToneIcon tone={named.tone} size="xs" word={named.words} />
        </span>
      )}
    </li>
  )
}

function Row({ mx, reverse }: { mx: Mx; reverse: readonly ReverseRow[] }) {
  const [all, setAll] = useState(false)
  const problem = mxProblem(mx)
  const shown = all ? mx.addresses : mx.addresses.slice(0, addressesAtOnce)
  return (
    <li className={styles.mx}>
      <span className={styles.preference}>
        <span className="visuallyHidden">Preference </span>
        {mx.preference}
      </span>
      <div className={styles.host}>
        <b>{mx.host === '.' ? 'no host (.)' : shownName(mx.host)}</b>
        {problem && (
          <div className={styles.problem}>
            <ToneIcon tone={problem.tone} size="s" />
            <span>{problem.words}</span>
          </div>
        )}
        <ul>
          {shown.map((address) => (
            <Address key={address} address={address} reverse={reverse} />
          ))}
        </ul>
        {mx.addresses.length > addressesAtOnce && (
          <LinkButton expanded={all} onPress={() => setAll(!all)}>
            {all ? 'fewer' : `and ${mx.addresses.length - addressesAtOnce} more addresses`}
          </LinkButton>
        )}
      </div>
    </li>
  )
}

export function MxList({ records, reverse }: { records: readonly Mx[]; reverse: readonly ReverseRow[] }) {
  return (
    <ol className={styles.list}>
      {records.map((mx, place) => (
        // The same host may stand there twice.
        <Row key={`${place} ${mx.host}`} mx={mx} reverse={reverse} />
      ))}
    </ol>
  )
}
