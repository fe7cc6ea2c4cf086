/**
 * Owns: dropping case files and other programs' texts on the room, pasting and choosing them. What could not be read is told
 * file by file, here, where it stays when the room turns to what could.
 */
import { createContext, useContext, useRef, useState, type DragEvent, type ReactNode } from 'react'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { importFiles, type ImportProgress as Progress } from '#renderer/flows/importing.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import styles from './DropTarget.module.css'
import { ImportProgress } from './ImportProgress.tsx'
import { PasteDialog } from './paste/PasteDialog.tsx'
import { usePasteKeys } from './paste/usePasteKeys.ts'

const ReadFiles = createContext<(files: readonly File[]) => void>(() => undefined)

/** Reads files as if they were dropped on the room. */
export const useReadFiles = () => useContext(ReadFiles)

/** Reads the files, goes to the first new dialogue, answers with what could not be read. */
function useImport() {
  const services = useServices()
  const [problems, setProblems] = useState<readonly string[]>([])
  const [nothing, setNothing] = useState(false)
  const [progress, setProgress] = useState<Progress | null>(null)
  const reading = useRef<AbortController | null>(null)
  const read = async (files: readonly File[]) => {
    if (files.length === 0) return
    const abort = new AbortController()
    reading.current = abort
    const answer = await importFiles(services, files, setProgress, abort.signal)
    setProgress(null)
    told(answer)
  }
  const told = ({
    sessions,
    problems: words,
  }: {
    sessions: readonly string[]
    problems: readonly string[]
  }) => {
    setProblems(words)
    setNothing(sessions.length === 0)
    const [first] = sessions
    if (first === undefined) return
    goTo({ room: 'dialogue', id: first })
    const announcement = sessions.length === 1 ? 'The dialogue was read.' : `${sessions.length} dialogues were read; the first is open.` // prettier-ignore
    services.stores.view.getState().set({ announcement })
  }
  return {
    read,
    told,
    problems,
    /** No dialogue came of it. */
    nothing,
    forget: () => setProblems([]),
    progress,
    stop: () => reading.current?.abort(),
  }
}

interface ProblemsProps {
  problems: readonly string[]
  /** Not even a part could be read. */
  nothing: boolean
  onClose: () => void
}

export function ImportProblems({ problems, nothing, onClose }: ProblemsProps) {
  return (
    <Dialog
      open={problems.length > 0}
      title={nothing ? 'Nothing of it could be read' : 'Some of it could not be read'}
      tone="warn"
      onClose={onClose}
      actions={
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog puts the focus on its safe answer
        <Button tone="primary" onPress={onClose} autoFocus>
          Close
        </Button>
      }
    >
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Dialog>
  )
}

export function DropTarget({ children }: { children: ReactNode }) {
  const { read, told, problems, nothing, forget, progress, stop } = useImport()
  const readFiles = (files: readonly File[]) => void read(files)
  usePasteKeys(readFiles)
  const [over, setOver] = useState(false)
  const dragged = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const dropped = (event: DragEvent) => {
    setOver(false)
    const files = [...event.dataTransfer.files]
    if (files.length === 0) return
    event.preventDefault()
    void read(files)
  }
  return (
    <div
      className={styles.target}
      role="presentation"
      onDragOver={dragged}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <ReadFiles value={readFiles}>{children}</ReadFiles>
      {over && <div className={styles.over}>Drop a case file, a log or any saved dialogue to read it</div>}
      {progress && <ImportProgress progress={progress} onCancel={stop} />}
      <ImportProblems problems={problems} nothing={nothing} onClose={forget} />
      <PasteDialog onRead={told} onFiles={readFiles} />
    </div>
  )
}
