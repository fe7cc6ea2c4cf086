/** Owns: the other side's patience counting down while a person holds a line. */
import { useEffect, useState } from 'react'
import { patienceWords } from '#renderer/model/patience.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Dock.module.css'
import type { Session } from './useSession.ts'

/** Milliseconds since 1970, anew each second. */
export function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function PeerWaits({ session }: { session: Session }) {
  const now = useSeconds()
  const { gate, summary } = session
  const words = gate && summary && patienceWords(gate, Date.parse(summary.startedAt), now)
  if (!words) return null
  return (
    // Read when it is asked for, not every second.
    <span className={cx(styles.patience, styles[words.tone])} title={words.why}>
      <Icon name={words.tone === 'over' ? 'warn' : 'clock'} size="s" />
      <span>{words.words}</span>
      <span className="visuallyHidden">. {words.why}</span>
    </span>
  )
}
