/** Owns: the text to be read: in a field while it is short, as its beginning and its length when it is not. */
import { useEffect, useRef, type ClipboardEvent } from 'react'
import { sizeShort } from '#renderer/model/measures.ts'
import { beginningOf, longestShown } from '#renderer/model/paste.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import styles from './Paste.module.css'

export interface PasteTextProps {
  text: string
  onChange: (text: string) => void
  onFiles: (files: readonly File[]) => void
}

const example = `220 mail.example.com ESMTP
EHLO laptop.example
250-mail.example.com
250 STARTTLS
…`

/** Too long for a field: it is held beside it, and only its beginning is drawn. */
function Held({ text, onChange }: Omit<PasteTextProps, 'onFiles'>) {
  return (
    <div className={styles.held}>
      <div className={styles.heldHead}>
        <Icon name="file" size="s" />
        <span>
          <b>{sizeShort(text.length)}</b> of text, too long to edit here. This is its beginning.
        </span>
        <Button tone="quiet" onPress={() => onChange('')}>
          Take it out
        </Button>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <pre className={styles.beginning} tabIndex={0} aria-label="Beginning of the text">
        {beginningOf(text)}
      </pre>
    </div>
  )
}

export function PasteText({ text, onChange, onFiles }: PasteTextProps) {
  const place = useRef<HTMLDivElement>(null)
  const pasted = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    const more = event.clipboardData.getData('text/plain')
    if (files.length > 0) onFiles(files)
    // The field would be frozen for seconds before it could say no.
    else if (text.length + more.length > longestShown) onChange(text + more)
    else return
    event.preventDefault()
  }
  const long = text.length > longestShown
  // The field is what the dialog is for: the keys go there.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a field that is there again takes the keys again
  useEffect(() => place.current?.querySelector('textarea')?.focus(), [long])
  if (long) return <Held text={text} onChange={onChange} />
  return (
    <div ref={place} className={styles.field} onPasteCapture={pasted} role="presentation">
      <TextArea
        label="Text of the dialogue"
        hideLabel
        mono
        rows={14}
        placeholder={example}
        value={text}
        onChange={onChange}
      />{' '}
      {/* prettier-ignore */}
    </div>
  )
}
