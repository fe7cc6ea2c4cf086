/** Owns: the ladder in its small shape: one line per event, the wall at the left, hatched while others can read it. */
import type { CompactLine } from '#renderer/model/compact.ts'
import styles from './CompactDialogue.module.css'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'

export type { CompactLine } from '#renderer/model/compact.ts'

export interface CompactDialogueProps {
  label: string
  lines: readonly CompactLine[]
  /** Makes each event's line a button. */
  onOpen?: (seq: number) => void
}

const marks: Record<CompactLine['kind'], IconName> = {
  client: 'to-server',
  server: 'to-client',
  'band-open': 'eye',
  'band-sealed': 'lock',
  words: 'info',
  wait: 'clock',
  end: 'neutral',
}

const codeClass = { good: undefined, warn: styles.warnCode, bad: styles.badCode, neutral: undefined }

function LineBody({ line }: { line: CompactLine }) {
  return (
    <>
      <span className={styles.edge} />
      <span className={styles.mark}>
        <Icon name={marks[line.kind]} size="xs" />
        {line.kind === 'client' && <span className="visuallyHidden">Client </span>}
        {line.kind === 'server' && <span className="visuallyHidden">Server </span>}
      </span>
      <span className={styles.text}>
        {line.strong && (
          <b className={line.kind === 'server' ? cx(styles.code, codeClass[line.tone]) : styles.verb}>
            {line.strong}{' '}
          </b>
        )}
        {line.text}
      </span>
      {line.ms !== undefined && <span className={styles.ms}>{line.ms}</span>}
    </>
  )
}

function lineClass(line: CompactLine): string {
  const band = line.kind === 'band-open' || line.kind === 'band-sealed'
  const spoken = line.kind === 'client' || line.kind === 'server'
  const hot =
    line.kind === 'server' && (line.tone === 'warn' ? styles.hotWarn : line.tone === 'bad' && styles.hotBad)
  return cx(
    styles.line,
    line.wall === 'open' && styles.open,
    line.wall === 'sealed' && styles.sealed,
    band && styles.band,
    !band && !spoken && styles.words,
    line.kind === 'server' && styles.server,
    hot,
  )
}

export function CompactDialogue({ label, lines, onOpen }: CompactDialogueProps) {
  return (
    <ol className={styles.mini} aria-label={label}>
      {lines.map((line) => (
        <li key={line.key}>
          {onOpen && line.seq > 0 ? (
            <button
              type="button"
              className={cx(lineClass(line), styles.press)}
              onClick={() => onOpen(line.seq)}
            >
              <LineBody line={line} />
            </button>
          ) : (
            <div className={lineClass(line)}>
              <LineBody line={line} />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
