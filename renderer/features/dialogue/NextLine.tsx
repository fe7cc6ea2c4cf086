/**
 * Owns: the line that waits at the gate: edit it, send it, skip it, repeat the last, add one, delay it, drop or reset the
 * connection. At our own server it is an answer, chosen or typed.
 */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { choiceText, replyChoices } from '#shared/knowledge/replyChoices.ts'
import type { Moment } from '#shared/knowledge/types.ts'
import type { GateAction, GateState, PlannedLine } from '#shared/rpc/contract/dialogue.ts'
import { shownLines } from '#shared/transcript/shown.ts'
import { plainest, wireOf, type Draft } from '#renderer/model/typedLine.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu, type MenuEntry } from '#renderer/ui/Menu.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Dock.module.css'
import { LineField } from './LineField.tsx'

export interface NextLineProps {
  gate: GateState & { held: PlannedLine }
  sealed: boolean
  problem: string | undefined
  /** Whether the line before this one went while it had the focus; told again when this one goes. */
  handed?: RefObject<boolean>
  onAct: (action: GateAction) => void
}

/** The line as it can be edited at once; null where it first has to be asked for, or cannot be at all. */
export const editable = (line: PlannedLine): Draft | null =>
  line.secret || line.kind === 'body' || line.kind === 'body-end' ? null : plainest(line.raw)

const fixedWords = (line: PlannedLine): string => {
  if (line.kind === 'body') return 'The message itself'
  if (line.kind === 'body-end') return 'The dot that ends the message'
  return shownLines(line.raw, line.masked).join(' ')
}

/** Hands the focus on from line to line, so that a dialogue can be stepped with the keyboard alone. */
export function useHandedFocus(handed: RefObject<boolean> | undefined) {
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

/** Ten seconds are long for a program, a minute for a person. */
const delays = [10, 60] as const

interface MoreProps {
  line: PlannedLine
  server: boolean
  locked: boolean
  onAct: (action: GateAction) => void
  onReplace: () => void
  onAdd: () => void
}

function More({ line, server, locked, onAct, onReplace, onAdd }: MoreProps) {
  const what = server ? 'answer' : 'line'
  const items: MenuEntry[] = [
    { id: 'repeat', label: `Repeat the last ${server ? 'answer' : 'command'}`, icon: 'again', keyHint: 'A', onAction: () => onAct({ type: 'repeat' }) },
    { id: 'add', label: `Insert another ${what} before this one …`, icon: 'plus', onAction: onAdd },
    ...delays.map((seconds) => ({ id: `wait-${seconds}`, label: `Send it in ${seconds} s`, icon: 'clock' as const, onAction: () => onAct({ type: 'delay', ms: seconds * 1000 }) })),
    { id: 'reset', label: 'Reset the connection (RST)', icon: 'unplug', tone: 'danger', onAction: () => onAct({ type: 'reset' }) },
  ] // prettier-ignore
  const replace: MenuEntry[] =
    locked && line.kind !== 'body'
      ? [{ id: 'replace', label: 'Send something else instead …', icon: 'edit', onAction: onReplace }]
      : []
  return (
    <Menu
      label="More to do with this line"
      trigger={<IconButton icon="more" tone="framed" label="More: repeat, insert, delay, reset" />}
      items={[...replace, ...items]}
    />
  )
}

interface AnswersProps {
  answering: Moment | undefined
  onChoose: (text: string) => void
}

export function Answers({ answering, onChoose }: AnswersProps) {
  const choices = replyChoices(answering)
  return (
    <Menu
      label="Fitting answers"
      trigger={<Button icon="list">Choose</Button>}
      items={choices.map((choice) => ({
        id: choiceText(choice),
        label: `${[choice.code, choice.enhanced].filter(Boolean).join(' ')}  ${choice.name}`,
        onAction: () => onChoose(choiceText(choice)),
      }))}
    />
  )
}

/** Moves the focus to the field once it is there: a menu that closes would leave it on its button, where letters are commands. */
export function useAskedField(row: RefObject<HTMLDivElement | null>): () => void {
  const asked = useRef(false)
  useLayoutEffect(() => {
    const field = asked.current ? row.current?.querySelector('input') : null
    if (!field) return
    asked.current = false
    field.focus()
  })
  return () => {
    asked.current = true
  }
}

const emptyLine: Draft = { mode: 'text', text: '', end: 'crlf' }

/** What is typed: in place of the line, or beside it. */
function useDraft(line: PlannedLine) {
  const original = editable(line)
  const [draft, setDraft] = useState(original)
  const [adding, setAdding] = useState(false)
  const same = draft !== null && original !== null && sameWire(draft, original)
  return {
    draft,
    adding,
    edited: draft !== null && !adding && !same,
    set: setDraft,
    /** Begins a line beside the held one, which stays as it was. */
    add: () => {
      setAdding(true)
      setDraft(emptyLine)
    },
    back: () => {
      setAdding(false)
      setDraft(original)
    },
  }
}

function sameWire(a: Draft, b: Draft): boolean {
  const [first, second] = [wireOf(a), wireOf(b)]
  return first.ok && second.ok && first.raw === second.raw
}

export function NextLine({ gate, sealed, problem, handed, onAct }: NextLineProps) {
  const row = useHandedFocus(handed)
  const askField = useAskedField(row)
  const line = gate.held
  const server = gate.role === 'server'
  const { draft, adding, edited, set, add, back } = useDraft(line)
  const [wrong, setWrong] = useState<string>()
  const send = () => {
    setWrong(undefined)
    if (draft === null || (!edited && !adding)) return onAct({ type: 'step' })
    const wire = wireOf(draft)
    if (!wire.ok) return setWrong(wire.problem)
    onAct({ type: adding ? 'insert' : 'edit', raw: wire.raw })
    if (adding) back()
  }
  const change = (next: Draft) => {
    setWrong(undefined)
    set(next)
  }
  const leave = () => {
    setWrong(undefined)
    back()
    // Outside of the field letters are commands again.
    row.current?.closest<HTMLElement>('[data-pane]')?.focus()
  }
  const replace = () => {
    askField()
    set(line.kind === 'body-end' ? plainest(line.raw) : emptyLine)
  }
  const name = adding ? (server ? 'Extra answer' : 'Extra line') : server ? 'Answer' : 'Next line'
  return (
    <div ref={row} className={cx(styles.command, sealed ? styles.sealed : styles.open)}>
      <span className={styles.next}>
        <ToneIcon tone={sealed ? 'sealed' : 'open'} word={adding ? 'Extra' : server ? 'Answer' : 'Next'} />
      </span>
      {draft === null ? (
        <div className={cx(styles.secretLine, 'mono')}>
          {fixedWords(line)}
          {line.secret && (
            <span className={styles.note}>a secret is inside; it can be sent, skipped or replaced</span>
          )}
        </div>
      ) : (
        <LineField
          label={name}
          draft={draft}
          secret={line.secret && !adding}
          note={adding ? 'goes before the held one' : edited ? 'edited' : undefined}
          error={wrong}
          onChange={change}
          onEnter={send}
          onLeave={leave}
        />
      )}
      {draft === null && line.secret && (
        <span data-key="edit">
          <Button icon="edit" keyHint="E" onPress={replace}>
            Replace
          </Button>
        </span>
      )}
      {server && !adding && (
        <Answers
          answering={gate.answering}
          onChoose={(text) => {
            askField()
            change({ mode: 'text', text, end: 'crlf' })
          }}
        />
      )}
      <Button tone="primary" keyHint={draft === null ? 'F10' : 'Enter'} onPress={send}>
        Send
      </Button>
      {adding ? (
        <Button onPress={back}>Cancel</Button>
      ) : (
        <Button onPress={() => onAct({ type: 'skip' })}>{server ? 'Say nothing' : 'Skip'}</Button>
      )}
      <Button tone="danger" icon="unplug" onPress={() => onAct({ type: 'drop' })}>
        Drop connection
      </Button>
      <More
        line={line}
        server={server}
        locked={draft === null}
        onAct={onAct}
        onReplace={replace}
        onAdd={() => {
          askField()
          add()
        }}
      />
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
    </div>
  )
}
