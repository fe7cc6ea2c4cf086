/** Owns: the command palette: type, choose, run. The field keeps the focus; the chosen line is named to readers. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useServices, useView } from '../flows/services.ts'
import { findCommands, type Found } from '../model/palette.ts'
import { answerFields, withAnswers } from '../model/paletteAnswers.ts'
import { Icon } from '../ui/Icon.tsx'
import { cx } from '../ui/cx.ts'
import { Key } from '../ui/Key.tsx'
import styles from './CommandPalette.module.css'
import { useCommands, type PageCommand } from './useCommands.ts'

function Marked({ text, mark }: { text: string; mark: readonly [number, number] | null }) {
  if (mark === null) return text
  return (
    <>
      {text.slice(0, mark[0])}
      <mark className={styles.mark}>{text.slice(...mark)}</mark>
      {text.slice(mark[1])}
    </>
  )
}

const copyOf = ({ title, answer }: PageCommand): string =>
  answer ? `${title}: ${answer.words} (${answer.reference})` : ''

async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text)
    return 'Copied to the clipboard.'
  } catch {
    return 'The clipboard is not allowed here.'
  }
}

const explaining = (answer: Parameters<typeof answerFields>[0]): PageCommand => ({
  ...answerFields(answer),
  icon: 'info',
  run: () => {},
})

interface LineProps {
  found: Found<PageCommand>
  id: string
  chosen: boolean
  /** The first line of all: its answer is shown whole. */
  first: boolean
  onRun: () => void
  onHover: () => void
}

function CommandLine({ found, id, chosen, first, onRun, onHover }: LineProps) {
  const { command, mark, noteMark } = found
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and its Enter runs this line
    <div
      ref={line}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold icon, note and key
      role="option"
      id={id}
      aria-selected={chosen}
      className={cx(styles.item, command.answer && styles.answered)}
      onClick={onRun}
      onPointerMove={onHover}
    >
      <Icon name={command.icon} className={styles.icon} />
      <span className={styles.words}>
        <Marked text={command.title} mark={mark} />
        {command.note && (
          <span className={styles.note}>
            <Marked text={command.note} mark={noteMark} />
          </span>
        )}
      </span>
      {command.answer && (
        <span className={cx(styles.answer, !chosen && !first && styles.brief)}>
          {command.answer.words} <span className={styles.reference}>{command.answer.reference}</span>
        </span>
      )}
      {command.keyHint && <Key>{command.keyHint}</Key>}
    </div>
  )
}

function grouped(found: readonly Found<PageCommand>[]) {
  const groups = new Map<string, { found: Found<PageCommand>; place: number }[]>()
  found.forEach((one, place) => {
    const lines = groups.get(one.command.group) ?? []
    lines.push({ found: one, place })
    groups.set(one.command.group, lines)
  })
  return [...groups]
}

function Palette({ close }: { close: () => void }) {
  const { stores } = useServices()
  const asked = useView((view) => view.asked)
  // It is asked once: opened again, the palette is empty.
  useEffect(() => stores.view.getState().set({ asked: '' }), [stores])
  const commands = useCommands()
  const [typed, setTyped] = useState(asked)
  const [chosen, setChosen] = useState(0)
  const found = withAnswers(findCommands(commands, typed), typed, explaining)
  const [copied, setCopied] = useState('')
  const place = Math.min(chosen, found.length - 1)
  const run = (one: Found<PageCommand> | undefined) => {
    if (one?.command.answer) {
      void copy(copyOf(one.command)).then(setCopied)
      return
    }
    close()
    one?.command.run()
  }
  const keyed = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) setChosen((place + step + found.length) % found.length)
    else if (event.key === 'Enter') run(found[place])
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.head}>
        <Icon name="search" />
        <input
          className={styles.input}
          role="combobox"
          aria-label="Search, or type a command"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={place >= 0 ? `palette-${place}` : undefined}
          placeholder="Search, or type a command"
          value={typed}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the palette is opened to type into it
          autoFocus
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value)
            setChosen(0)
            setCopied('')
          }}
          onKeyDown={keyed}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot be the list of a palette */}
      <div className={styles.list} role="listbox" id="palette-list" aria-label="Commands" tabIndex={-1}>
        {grouped(found).map(([group, lines]) => (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an optgroup lives in a select only
          <div key={group} role="group" aria-label={group}>
            <div className={styles.group} aria-hidden="true">
              {group}
            </div>
            {lines.map((line) => (
              <CommandLine
                key={line.found.command.id}
                found={line.found}
                id={`palette-${line.place}`}
                chosen={line.place === place}
                first={line.place === 0}
                onRun={() => run(line.found)}
                onHover={() => setChosen(line.place)}
              />
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && <div className={styles.none}>Nothing is called “{typed}”.</div>}
      <output className="visuallyHidden">{copied}</output>
      <div className={styles.foot} aria-hidden="true">
        <span>
          <Key>↑</Key>
          <Key>↓</Key> choose
        </span>
        <span>
          <Key>Enter</Key> {found[place]?.command.answer ? 'copy the answer' : 'run'}
        </span>
        <span>
          <Key>Esc</Key> close
        </span>
        <span className={styles.hint}>{copied || 'Type a code, a verb or a port'}</span>
      </div>
    </>
  )
}

export function CommandPalette() {
  const { stores } = useServices()
  const open = useView((view) => view.paletteOpen)
  const close = () => stores.view.getState().set({ paletteOpen: false })
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen={open}
      onOpenChange={(next) => !next && close()}
      isDismissable
    >
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.dialog ?? ''} aria-label="Commands">
          <Palette close={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
