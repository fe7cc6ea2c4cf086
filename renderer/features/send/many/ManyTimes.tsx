/** Owns: how long it took, as percentiles, for connections and for messages. */
import { shownMicros } from '#renderer/model/many.ts'
import type { Percentiles } from '#shared/rpc/contract/many.ts'
import styles from './Many.module.css'

const columns = [
  ['half', 'p50'],
  ['90 %', 'p90'],
  ['99 %', 'p99'],
  ['99.9 %', 'p999'],
  ['longest', 'max'],
] as const

export function ManyTimes({
  connect,
  latency,
}: {
  connect: Percentiles | null
  latency: Percentiles | null
}) {
  return (
    <table className={styles.times}>
      <caption>Within this time</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visuallyHidden">What</span>
          </th>
          {columns.map(([name]) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Row name="Ready for MAIL" times={connect} />
        <Row name="MAIL to 250" times={latency} />
      </tbody>
    </table>
  )
}

function Row({ name, times }: { name: string; times: Percentiles | null }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {columns.map(([, key]) => (
        <td key={key}>{times ? shownMicros(times[key]) : '–'}</td>
      ))}
    </tr>
  )
}
