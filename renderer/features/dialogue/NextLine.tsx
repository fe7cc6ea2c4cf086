/** Owns: the line that waits at the gate: edit it, send it, skip it, or drop the connection. CRLF is implied. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { utf8, toByteString } from '#shared/bytes/bytes.ts'
import type { GateAction, PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import { shownLines } from '#shared/transcript/shown.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Dock.module.css'

export interface NextLineProps {
  line: PlannedLine
  sealed: boolean
  problem: string | undefined
  /** Whether the line before this one went while it had the focus; told again when this one goes. */
  handed?: RefObject<boolean>
  onAct: (action: GateAction) => void
}

/** What is sent for a typed text: UTF-8 octets and CRLF (RFC 5321 §2.3.8). */
export const wireOf = (text: string): string => `${toByteString(utf8(text))}\r\n`

/** The line as text that can be edited, or null when editing it as text could change what is not seen. */
export function editableText(line: PlannedLine): string | null {
  if (line.secret || line.kind === 'body' || line.kind === 'body-end') return null
  const lines = shownLines(line.raw, line.masked)
  const [only] = lines
  return lines.length === 1 && only !== undefined && wireOf(only) === line.raw ? only : null
}

const fixedWords = (line: PlannedLine): string => {
  if (line.kind === 'body') return 'The message itself'
  if (line.kind === 'body-end') return 'The dot that ends the message'
  return shownLines(line.raw, line.masked).join(' ')
}

/** Hands the focus on from line to line, so that a dialogue can be stepped with the keyboard alone. */
function useHandedFocus(handed: RefObject<boolean> | undefined) {
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = row.current
    // A person who went elsewhere meanwhile stays there.
    if (handed?.current && document.activeElement === document.body)
      element?.querySelector<HTMLElement>('input, button')?.focus()
    return () => {
      if (handed) handed.current = element?.contains(document.activeElement) ?? false
    }
  }, [handed])
  return row
}

export function NextLine({ line, sealed, problem, handed, onAct }: NextLineProps) {
  const row = useHandedFocus(handed)
  const original = editableText(line)
  const [text, setText] = useState(original ?? '')
  const edited = original !== null && text !== original
  const send = () => onAct(edited ? { type: 'edit', raw: wireOf(text) } : { type: 'step' })
  return (
    <div ref={row} className={cx(styles.command, sealed ? styles.sealed : styles.open)}>
      <span className={styles.next}>
        <ToneIcon tone={sealed ? 'sealed' : 'open'} word="Next" />
      </span>
      {original === null ? (
        <div className={cx(styles.secretLine, 'mono')}>
          {fixedWords(line)}
          {line.secret && (
            <span className={styles.note}>a secret is inside; it can be sent or skipped, not edited</span>
          )}
        </div>
      ) : (
        <div className={styles.line} data-key="edit">
          <TextField
            label="Next line"
            hideLabel
            mono
            value={text}
            onChange={setText}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              send()
            }}
            after={edited && <span className={styles.note}>edited</span>}
          />
        </div>
      )}
      <Button tone="primary" keyHint={original === null ? 'F10' : 'Enter'} onPress={send}>
        Send
      </Button>
      <Button onPress={() => onAct({ type: 'skip' })}>Skip</Button>
      <Button tone="danger" icon="unplug" onPress={() => onAct({ type: 'drop' })}>
        Drop connection
      </Button>
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
    </div>
  )
}
