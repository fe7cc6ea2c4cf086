/** Owns: editing one line: plain text with a line end of choice, text with escapes, or octets in hex. */
import type { Ref } from 'react'
import { changeMode, lineEnds, type Draft, type LineEnd } from '#renderer/model/typedLine.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Dock.module.css'

const endWords: Record<LineEnd, string> = {
  crlf: 'CRLF, as SMTP asks',
  lf: 'LF alone',
  cr: 'CR alone',
  none: 'No line end',
}
const endShort: Record<LineEnd, string> = { crlf: 'CRLF', lf: 'LF', cr: 'CR', none: 'no end' }

const isEnd = (name: string): name is LineEnd => name in lineEnds
const ends = Object.keys(lineEnds).filter(isEnd)

export interface LineFieldProps {
  label: string
  draft: Draft
  note?: string | undefined
  error?: string | undefined
  onChange: (draft: Draft) => void
  onEnter: () => void
  inputRef?: Ref<HTMLInputElement>
}

export function LineField({ label, draft, note, error, onChange, onEnter, inputRef }: LineFieldProps) {
  const short = draft.mode === 'text' ? endShort[draft.end] : draft.mode === 'hex' ? 'Hex' : 'Escapes'
  const form = draft.mode === 'text' ? `line end ${endWords[draft.end]}` : short
  return (
    <div className={styles.line} data-key="edit">
      <TextField
        label={label}
        hideLabel
        mono
        value={draft.text}
        error={error}
        onChange={(text) => onChange({ ...draft, text })}
        {...(inputRef ? { inputRef } : {})}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          onEnter()
        }}
        after={note && <span className={styles.note}>{note}</span>}
      />
      <Menu
        label="Line end and form"
        trigger={
          <Button aria-label={`Line end and form: ${form}`} className={styles.form}>
            {short}
          </Button>
        }
        items={[
          ...ends.map((end) => ({
            id: end,
            label: endWords[end],
            onAction: () => onChange({ ...changeMode(draft, 'text'), end }),
          })),
          {
            id: 'escaped',
            label: 'Bytes, with escapes',
            onAction: () => onChange(changeMode(draft, 'escaped')),
          },
          { id: 'hex', label: 'Bytes, in hex', onAction: () => onChange(changeMode(draft, 'hex')) },
        ]}
      />
    </div>
  )
}
