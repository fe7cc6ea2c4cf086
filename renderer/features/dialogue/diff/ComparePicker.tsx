/** Owns: choosing what a dialogue is compared with: recent ones at once, the rest by their names and their wire text. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { compare, findDialogues } from '#renderer/flows/compare.ts'
import { useField, useServices, useTranscripts } from '#renderer/flows/services.ts'
import { clockTime } from '#renderer/model/measures.ts'
import { matches, sessionName } from '#renderer/model/sessionList.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { SourceIcon } from '#renderer/ui/SourceIcon.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Diff.module.css'

/** Dialogues listed at most: whoever looks for an older one types. */
const listed = 50
/** Typing is not asking: the engine is asked when the text has rested, in milliseconds. */
const rest = 200

/** Ids that the engine found for the text; those of an older text are not shown. */
function useFound(text: string): readonly string[] {
  const services = useServices()
  const [found, setFound] = useState<{ text: string; ids: readonly string[] }>({ text: '', ids: [] })
  useEffect(() => {
    let over = false
    const ask = () =>
      findDialogues(services, text).then(
        (ids) => void (over || setFound({ text, ids })),
        () => undefined,
      )
    const timer = setTimeout(() => void ask(), rest)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [services, text])
  return found.text === text ? found.ids : []
}

function Choice({ id, chosen, onChoose }: { id: string; chosen: boolean; onChoose: () => void }) {
  const summary = useTranscripts((transcripts) => transcripts.summaries[id])
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  if (!summary) return null
  const { name, port } = sessionName(summary)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and its Enter takes this line
    <div
      ref={line}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold an icon and two lines
      role="option"
      id={`compare-${id}`}
      aria-selected={chosen}
      className={styles.choice}
      onClick={onChoose}
    >
      <SourceIcon source={summary.source} />
      <span className={styles.choiceName}>{name + port}</span>
      <ToneIcon tone={summary.state === 'live' ? 'live' : summary.state === 'held' ? 'paused' : summary.tone} size="xs" spoken />
      <span className={styles.choiceWords}>{summary.words}</span>
      <span className={styles.choiceTime}>{clockTime(summary.startedAt)}</span>
    </div>
  ) // prettier-ignore
}

function Picker({ left, onClose }: { left: string; onClose: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const order = useTranscripts((transcripts) => transcripts.order)
  const summaries = useTranscripts((transcripts) => transcripts.summaries)
  const found = new Set(useFound(text))
  const fits = (id: string) => text.trim() === '' || found.has(id) || matches(summaries[id]!, text.trim())
  const ids = order.filter((id) => id !== left && fits(id)).slice(0, listed)
  const place = Math.min(at, ids.length - 1)
  const choose = (id: string | undefined) => {
    if (id === undefined) return
    onClose()
    compare(left, id)
  }
  const keyed = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && ids.length > 0) setAt((place + step + ids.length) % ids.length)
    else if (event.key === 'Enter') choose(ids[place])
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.search}>
        <Icon name="search" size="s" />
        <input
          role="combobox"
          aria-label="Search dialogues"
          aria-expanded="true"
          aria-controls="compare-list"
          aria-autocomplete="list"
          aria-activedescendant={ids[place] === undefined ? undefined : `compare-${ids[place]}`}
          placeholder="Host, code, address, any text of the dialogue"
          value={text}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the picker is opened to type into it
          autoFocus
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={keyed}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot be the list of a search field */}
      <div className={styles.choices} role="listbox" id="compare-list" aria-label="Dialogues" tabIndex={-1}>
        {ids.map((id, index) => (
          <Choice key={id} id={id} chosen={index === place} onChoose={() => choose(id)} />
        ))}
      </div>
      {ids.length === 0 && <p className={styles.none}>{text.trim() === '' ? 'There is no other dialogue yet. Send one, or drop a case file on this window.' : 'No dialogue contains that.'}</p>}
    </>
  ) // prettier-ignore
}

/** Open while the store names a dialogue to compare. */
export function ComparePicker() {
  const { stores } = useServices()
  const picking = useField((all) => all.compare, (compared) => compared.picking) // prettier-ignore
  const close = () => stores.compare.getState().set({ picking: '' })
  return (
    <Dialog open={picking !== ''} title="Compare with…" wide onClose={close} actions={<Button onPress={close}>Cancel</Button>}>
      {picking !== '' && <Picker left={picking} onClose={close} />}
    </Dialog>
  ) // prettier-ignore
}
