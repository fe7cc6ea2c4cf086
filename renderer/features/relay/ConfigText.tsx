/** Owns: the field of the configuration with its line numbers; lines with a problem are marked. Only numbers in sight are drawn. */
import { useLayoutEffect, useState, type RefObject } from 'react'
import type { ProblemOf } from '#renderer/model/relayStatus.ts'
import { cx } from '#renderer/ui/cx.ts'
import styles from './ConfigText.module.css'

/** Of the wire's type, in pixels. */
const lineHeight = 18
const padding = 8

export interface ConfigTextProps {
  text: string
  onChange: (text: string) => void
  problems: readonly ProblemOf[]
  areaRef: RefObject<HTMLTextAreaElement | null>
}

const example = `smtp-listener 127.0.0.1:2525
<smtp-user foo>
  password barbaz
</smtp-user>
<source 0/0>
  require-auth true
</source>
relay-domain shop.example`

function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

export function ConfigText({ text, onChange, problems, areaRef }: ConfigTextProps) {
  const [view, setView] = useState({ top: 0, height: 400 })
  const look = () => {
    const area = areaRef.current
    if (area) setView({ top: area.scrollTop, height: area.clientHeight || 400 })
  }
  useLayoutEffect(look, [areaRef])
  const lines = countLines(text)
  const first = Math.max(0, Math.floor((view.top - padding) / lineHeight))
  const last = Math.min(lines - 1, first + Math.ceil(view.height / lineHeight) + 1)
  const marked = new Map(problems.toReversed().map(({ line, severity }) => [line, severity]))
  return (
    <div className={styles.field}>
      <div className={styles.gutter} aria-hidden="true">
        {Array.from({ length: last - first + 1 }, (_, at) => first + at + 1).map((line) => (
          <span
            key={line}
            className={cx(styles.number, marked.get(line) === 'error' && styles.bad, marked.get(line) === 'warning' && styles.warn)}
            style={{ transform: `translateY(${(line - 1) * lineHeight + padding - view.top}px)` }}
          >
            {line}
          </span>
        ))}
      </div>
      <textarea
        ref={areaRef}
        className={styles.area}
        aria-label="Configuration as text"
        aria-invalid={problems.some(({ severity }) => severity === 'error')}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        wrap="off"
        placeholder={example}
        maxLength={4_000_000}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onScroll={look}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- a text is to be pasted here at once
        autoFocus
      />
    </div>
  )
} // prettier-ignore
