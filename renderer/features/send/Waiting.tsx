/** Owns: a wait in words: what for, how long already, what is usual, when it is given up; and the way to stop. */
import { useEffect, useState, type CSSProperties } from 'react'
import { elapsedWords, type Waiting as Wait } from '#renderer/model/composeWaiting.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Waiting.module.css'

const tick = 200
/** Shorter waits are not worth a bar that comes and goes. */
const worthShowing = 600
/** Where a connection's own limit counts, the bar is drawn as for half a minute. */
const openEnd = 30_000

/** The first seconds matter most, so the bar runs by the square root of time. */
const share = (ms: number, limit: number): number => Math.min(1, Math.sqrt(ms / limit))

const place = (property: 'width' | 'left', part: number): CSSProperties => ({ [property]: `${part * 100}%` })

/** Begins anew with each event: give it the number of events as its key. */
function Elapsed({ wait }: { wait: Wait }) {
  const [since, setSince] = useState(0)
  useEffect(() => {
    const began = performance.now()
    const timer = setInterval(() => setSince(performance.now() - began), tick)
    return () => clearInterval(timer)
  }, [])
  if (since < worthShowing) return null
  const limit = wait.limit ?? openEnd
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        <i style={place('width', share(since, limit))} />
        <s style={place('left', share(1000, limit))} />
      </div>
      <div className={styles.foot}>
        <span>
          {elapsedWords(since)} so far, {wait.usual}
        </span>
        <span>{wait.limitWords}</span>
      </div>
    </>
  )
}

export interface WaitingProps {
  /** Null when it is not the other side's turn. */
  wait: Wait | null
  /** Changes with each event, so that the time begins anew. */
  since: number
  onStop: () => void
}

export function Waiting({ wait, since, onStop }: WaitingProps) {
  return (
    <div className={styles.waiting}>
      <div className={styles.words}>
        <Icon name="clock" size="s" />
        <span>{wait ? `Waiting for ${wait.what}` : 'Under way'}</span>
        <span className={styles.space} />
        <Button tone="quiet" onPress={onStop}>
          Stop now
        </Button>
      </div>
      {wait && <Elapsed key={since} wait={wait} />}
    </div>
  )
}
