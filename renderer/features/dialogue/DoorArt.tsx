/** Owns: the drawings over the first run's doors. Pictures of the kind of thing, not of data. */
import styles from './FirstRun.module.css'

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6, strokeLinecap: 'round', strokeLinejoin: 'round' } as const // prettier-ignore

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="5" fill="var(--open-hatch)" />
      </pattern>
    </defs>
  )
}

function PortRow({ y, port, open, sealed }: { y: number; port: string; open: number; sealed: number }) {
  const start = 101 + (open ? open + 3 : 0)
  return (
    <>
      <text x="58" y={y + 11} textAnchor="end" className={styles.port}>
        {port}
      </text>
      <rect x="72" y={y} width="26" height="14" rx="3" fill="var(--line-strong)" />
      {open > 0 && (
        <>
          <rect x="101" y={y} width={open} height="14" rx="3" fill="var(--open-soft)" />
          <rect
            x="101"
            y={y}
            width={open}
            height="14"
            rx="3"
            fill="url(#testHatch)"
            stroke="var(--open-line)"
          />
        </>
      )}
      <rect
        x={start}
        y={y}
        width={sealed}
        height="14"
        rx="3"
        fill="var(--sealed-fill)"
        stroke="var(--sealed-line)"
      />
      <path className={styles.good} {...line} transform={`translate(274 ${y})`} d="M2 8l3.5 3.5L12 3" />
    </>
  )
}

export function TestArt() {
  return (
    <svg viewBox="0 0 320 148" className={styles.art} aria-hidden="true">
      <Hatch id="testHatch" />
      <text x="58" y="37" textAnchor="end" className={styles.port}>
        25
      </text>
      <rect
        x="72.5"
        y="26.5"
        width="190"
        height="13"
        rx="3"
        fill="none"
        stroke="var(--bad-line)"
        strokeDasharray="3 3"
      />
      <path className={styles.bad} {...line} transform="translate(274 26)" d="M2 2l10 10M12 2 2 12" />
      <PortRow y={54} port="465" open={0} sealed={104} />
      <PortRow y={82} port="587" open={62} sealed={84} />
      <PortRow y={110} port="2525" open={62} sealed={94} />
    </svg>
  )
}

export function CatchArt({ port }: { port: number | undefined }) {
  return (
    <svg viewBox="0 0 320 148" className={styles.art} aria-hidden="true">
      <g fill="var(--bg-panel)" stroke="var(--line-control)">
        <rect x="96" y="22" width="156" height="40" rx="6" transform="rotate(-3 174 42)" />
        <rect x="88" y="46" width="160" height="42" rx="6" />
      </g>
      <path d="M88.5 52 l 79.5 22 79.5 -22" fill="none" stroke="var(--line-control)" />
      <path
        d="M62 84h44l14 18h80l14-18h44v38a8 8 0 0 1-8 8H70a8 8 0 0 1-8-8Z"
        fill="var(--accent-soft)"
        stroke="var(--accent)"
        strokeWidth="1.5"
      />
      <text x="160" y="121" textAnchor="middle" className={styles.wire}>
        {port === undefined ? 'localhost' : `localhost:${port}`}
      </text>
    </svg>
  )
}

export function FileArt() {
  return (
    <svg viewBox="0 0 320 148" className={styles.art} aria-hidden="true">
      <Hatch id="fileHatch" />
      <rect x="70" y="14" width="180" height="56" fill="var(--open-soft)" />
      <rect x="58" y="14" width="9" height="56" fill="url(#fileHatch)" />
      <rect x="253" y="14" width="9" height="56" fill="url(#fileHatch)" />
      <path d="M70 14v56M250 14v56" stroke="var(--open-line)" strokeDasharray="4 3" strokeWidth="1.5" />
      <rect x="70" y="70" width="180" height="64" fill="var(--sealed-soft)" />
      <path d="M70 70v64M250 70v64" stroke="var(--sealed-line)" strokeWidth="3" />
      {[28, 88].map((y) => (
        <g key={y}>
          <path d={`M72 ${y}H84M124 ${y}H241`} stroke="var(--ink-3)" />
          <path d={`M248 ${y}l-7-4v8Z`} fill="var(--ink-3)" />
          <path d={`M78 ${y + 20}H158M192 ${y + 20}H248`} stroke="var(--ink-3)" />
          <path d={`M72 ${y + 20}l7-4v8Z`} fill="var(--ink-3)" />
        </g>
      ))}
      <text x="88" y="32" className={`${styles.wire} ${styles.ink}`}>
        EHLO
      </text>
      <text x="163" y="52" className={`${styles.wire} ${styles.green}`}>
        250
      </text>
      <text x="88" y="92" className={`${styles.wire} ${styles.ink}`}>
        AUTH
      </text>
      <text x="163" y="112" className={`${styles.wire} ${styles.green}`}>
        235
      </text>
      <rect x="142" y="59" width="36" height="22" rx="6" fill="var(--bg-panel)" stroke="var(--sealed-line)" />
      <g transform="translate(153 63)" className={styles.sealed} {...line}>
        <rect x="1" y="6" width="12" height="8" rx="1.5" />
        <path d="M3.5 6V4a3.5 3.5 0 0 1 7 0v2" />
      </g>
    </svg>
  )
}
