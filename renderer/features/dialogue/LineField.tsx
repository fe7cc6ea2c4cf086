/** Owns: editing one line: plain text with a line end of choice, text with escapes, or octets in hex. */
import { useState, type Ref } from 'react'
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
  /** Stands in place of a secret: shown as dots until it is asked for, as others may look on. */
  secret?: boolean
  onChange: (draft: Draft) => void
  onEnter: () => void
  /** Escape: what was typed is given up, and the field left. */
  onLeave: () => void
  inputRef?: Ref<HTMLInputElement>
}

export function LineField(props: LineFieldProps) {
  const { label, draft, note, error, secret = false, onChange, onEnter, onLeave, inputRef } = props
  const [shown, setShown] = useState(false)
  const short = draft.mode === 'text' ? endShort[draft.end] : draft.mode === 'hex' ? 'Hex' : 'Escapes'
  const form = draft.mode === 'text' ? `line end ${endWords[draft.end]}` : short
  return (
    <div className={styles.line} data-key="edit">
      <TextField
        label={label}
        hideLabel
        mono
        type={secret && !shown ? 'password' : 'text'}
        autoComplete="off"
        value={draft.text}
        error={error}
        onChange={(text) => onChange({ ...draft, text })}
        {...(inputRef ? { inputRef } : {})}
        onKeyDown={(event) => {
          const does = event.nativeEvent.isComposing
            ? undefined
            : { Enter: onEnter, Escape: onLeave }[event.key]
          if (!does) return
          event.preventDefault()
          does()
        }}
        after={note && <span className={styles.note}>{note}</span>}
      />
      {secret && (
        <Button
          aria-label={shown ? 'Hide what is typed' : 'Show what is typed'}
          onPress={() => setShown(!shown)}
        >
          {shown ? 'Hide' : 'Show'}
        </Button>
      )}
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
