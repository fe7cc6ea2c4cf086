/** Owns: octets as hexadecimal beside their ASCII. Line ends are marked; anything else outside printable ASCII is a dot. */
import { cx } from './cx.ts'
import styles from './HexView.module.css'

export interface HexViewProps {
  bytes: Uint8Array
  /** Offset of the first octet shown, for stretches of something longer. */
  from?: number
  /** At most so many octets are drawn; the rest is counted in words. */
  limit?: number
}

const width = 8
const isEnd = (octet: number) => octet === 13 || octet === 10
const printable = (octet: number) => (octet > 31 && octet < 127 ? String.fromCharCode(octet) : '·')
const two = (octet: number) => octet.toString(16).padStart(2, '0')

function HexRow({ octets, offset }: { octets: Uint8Array; offset: number }) {
  const cells = [...octets].map((octet, column) => ({ octet, key: offset + column }))
  return (
    <div className={styles.row}>
      <span className={styles.offset}>{offset.toString(16).padStart(2, '0')}</span>
      <span>
        {cells.map(({ octet, key }) => (
          <span key={key} className={cx(isEnd(octet) && styles.end)}>
            {`${two(octet)} `}
          </span>
        ))}
      </span>
      <span className={styles.text}>
        {cells.map(({ octet, key }) => (
          <span key={key} className={cx(isEnd(octet) && styles.end)}>
            {printable(octet)}
          </span>
        ))}
      </span>
    </div>
  )
}

export function HexView({ bytes, from = 0, limit = 4096 }: HexViewProps) {
  const shown = Math.min(bytes.length, limit)
  const rows = Array.from({ length: Math.ceil(shown / width) }, (_, row) => row * width)
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, so the keyboard must reach it
    <figure className={styles.hex} aria-label="Bytes in hexadecimal" tabIndex={0}>
      {rows.map((start) => (
        <HexRow
          key={start}
          offset={from + start}
          octets={bytes.subarray(start, Math.min(start + width, shown))}
        />
      ))}
      {bytes.length > shown && <div className={styles.rest}>and {bytes.length - shown} bytes more</div>}
    </figure>
  )
}
