/** Owns: opening a dialogue from what another program wrote: paste, see what it is taken for, open it. */
import { useRef, useState, type KeyboardEvent } from 'react'
import { importPasted, type ImportProgress } from '#renderer/flows/importing.ts'
import { useServices, useView } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import { pasteVerdict } from '#renderer/model/paste.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Paste.module.css'
import { PasteText } from './PasteText.tsx'

export interface PasteDialogProps {
  /** Sessions that were read, and what could not be. */
  onRead: (answer: { sessions: readonly string[]; problems: readonly string[] }) => void
  onFiles: (files: readonly File[]) => void
}

function Verdict({ text, problems }: { text: string; problems: readonly string[] }) {
  const { form, words } = pasteVerdict(text)
  if (problems.length > 0)
    return (
      <div className={styles.verdict} role="alert">
        <ToneIcon tone="bad" />
        <span>{problems.join(' ')}</span>
      </div>
    )
  return (
    <output className={styles.verdict}>
      {words !== '' && <ToneIcon tone={form === null ? 'warn' : 'good'} />}
      <span>{words || 'What it is shows here as soon as there is a line.'}</span>
    </output>
  )
}

/** A long text takes seconds; Cancel calls it off. */
function Reading({ progress }: { progress: ImportProgress }) {
  const share = Math.floor(progress.share * 100)
  return (
    <div className={styles.verdict}>
      <progress className={styles.bar} max={1} value={progress.share} aria-label="Reading the pasted text" />
      <span className={styles.share}>{share} % read</span>
    </div>
  )
}

function PasteForm({ given, onRead, onFiles }: PasteDialogProps & { given: string }) {
  const services = useServices()
  const [text, setText] = useState(given)
  const [problems, setProblems] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [progress, setProgress] = useState<ImportProgress | null>(null)
  const reading = useRef<AbortController | null>(null)
  const files = useRef<HTMLInputElement>(null)
  const close = () => {
    reading.current?.abort()
    services.stores.view.getState().set({ pasting: null })
  }
  const empty = text.trim() === ''
  const take = (chosen: readonly File[]) => {
    if (chosen.length === 0) return
    close()
    onFiles(chosen)
  }
  const open = async () => {
    if (empty || busy) return
    setBusy(true)
    const abort = new AbortController()
    reading.current = abort
    const answer = await importPasted(services, text, setProgress, abort.signal).catch((error: unknown) => ({ sessions: [], problems: [wordsOf(error)] })) // prettier-ignore
    setBusy(false)
    setProgress(null)
    // Closed meanwhile: whoever called it off is not taken anywhere.
    if (abort.signal.aborted) return undefined
    reading.current = null
    if (answer.sessions.length === 0) return setProblems(answer.problems)
    close()
    onRead(answer)
  }
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void open()
  }
  return (
    <Dialog
      open
      wide
      title="Paste a dialogue"
      onClose={close}
      actions={
        <>
          <Button tone="primary" isDisabled={empty || busy} onPress={() => void open()} keyHint="Ctrl Enter">
            {busy ? 'Reading' : 'Open it'}
          </Button>
          <Button onPress={close}>Cancel</Button>
          <span className={styles.space} />
          <Button tone="quiet" icon="file" onPress={() => files.current?.click()}>
            Choose a file instead
          </Button>
          <input
            ref={files}
            type="file"
            hidden
            multiple
            aria-label="Files to read"
            onChange={(event) => take([...(event.target.files ?? [])])}
          />{' '}
          {/* prettier-ignore */}
        </>
      }
    >
      <div onKeyDown={keyed} role="presentation">
        <p className={styles.lead}>
          A session typed in telnet, output of swaks or openssl s_client, a log of Postfix or smtp4dev, lines
          marked C: and S:. It stays on this computer; passwords in it are masked before it is kept.
        </p>
        <PasteText
          text={text}
          onChange={(next) => {
            setText(next)
            setProblems([])
          }}
          onFiles={take}
        />
        {progress ? <Reading progress={progress} /> : <Verdict text={text} problems={problems} />}
      </div>
    </Dialog>
  )
}

export function PasteDialog(props: PasteDialogProps) {
  const given = useView((view) => view.pasting)
  return given === null ? null : <PasteForm given={given} {...props} />
}
