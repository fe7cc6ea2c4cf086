/**
 * Owns: the message exactly as received. Only the stretches in sight are read and drawn, so that a message of 50 MB
 * opens as fast as one of 5 KB.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { loadSource } from '#renderer/flows/inbox.ts'
import { useServices } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import {
  sourceLines,
  stretchBytes,
  stretchCount,
  stretchRange,
  stretchSize,
} from '#renderer/model/inboxSource.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import styles from './SourceTab.module.css'

interface StretchProps {
  id: string
  index: number
  total: number
}

function Stretch({ id, index, total }: StretchProps) {
  const services = useServices()
  const [text, setText] = useState<string>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let gone = false
    const read = async () => {
      const bytes = await loadSource(services, id, stretchRange(index, total))
      if (!gone) setText(sourceLines(stretchBytes(bytes, index, total)).join('\n'))
    }
    read().catch((error: unknown) => !gone && setProblem(wordsOf(error)))
    return () => {
      gone = true
    }
  }, [services, id, index, total])
  if (problem) return <p className={styles.problem}>{problem}</p>
  return <pre className={styles.lines}>{text ?? ' '}</pre>
}

/** A line of 76 characters takes 18 pixels. */
const guess = (octets: number) => Math.max(18, Math.round(octets / 76) * 18)

export function SourceTab({ id, total }: { id: string; total: number }) {
  const box = useRef<HTMLElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer is not memoized; nothing here is
  const rows = useVirtualizer({
    count: stretchCount(total),
    getScrollElement: () => box.current,
    estimateSize: (index) => guess(Math.min(stretchSize, total - index * stretchSize)),
    overscan: 1,
  })
  return (
    <div className={styles.source}>
      <div className={styles.bar}>
        {total.toLocaleString('en-US')} octets ({sizeShort(total)}), exactly as received. Dot-stuffing is
        removed.
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <section ref={box} className={styles.scroll} aria-label="Source of the message" tabIndex={0}>
        <div className={styles.space} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={styles.stretch}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <Stretch id={id} index={row.index} total={total} />
            </div>
          ))}
        </div>
      </section>
    </div>
  )
}
