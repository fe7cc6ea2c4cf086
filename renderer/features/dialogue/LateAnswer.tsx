/** Owns: answering a client of our server after all, when a person said nothing and the client goes on waiting. */
import { useState, type RefObject } from 'react'
import type { Moment } from '#shared/knowledge/types.ts'
import type { GateAction } from '#shared/rpc/contract/dialogue.ts'
import { wireOf, type Draft } from '#renderer/model/typedLine.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Dock.module.css'
import { LineField } from './LineField.tsx'
import { Answers, useAskedField, useHandedFocus } from './NextLine.tsx'

export interface LateAnswerProps {
  answering: Moment | undefined
  sealed: boolean
  problem: string | undefined
  handed?: RefObject<boolean>
  onAct: (action: GateAction) => void
}

const empty: Draft = { mode: 'text', text: '', end: 'crlf' }

export function LateAnswer({ answering, sealed, problem, handed, onAct }: LateAnswerProps) {
  const row = useHandedFocus(handed)
  const askField = useAskedField(row)
  const [draft, setDraft] = useState(empty)
  const [wrong, setWrong] = useState<string>()
  const change = (next: Draft) => {
    setWrong(undefined)
    setDraft(next)
  }
  const send = () => {
    const wire = wireOf(draft)
    if (!wire.ok || draft.text === '')
      return setWrong(wire.ok ? 'Nothing is typed: choose an answer, or type one.' : wire.problem)
    onAct({ type: 'insert', raw: wire.raw })
  }
  return (
    <div ref={row} className={cx(styles.command, sealed ? styles.sealed : styles.open)}>
      <span className={styles.next}>
        <ToneIcon tone={sealed ? 'sealed' : 'open'} word="Answer" />
      </span>
      <LineField
        label="Late answer"
        draft={draft}
        note={draft.text === '' ? 'the client still waits' : undefined}
        error={wrong}
        onChange={change}
        onEnter={send}
        onLeave={() => {
          change(empty)
          row.current?.closest<HTMLElement>('[data-pane]')?.focus()
        }}
      />
      <Answers
        answering={answering}
        onChoose={(text) => {
          askField()
          change({ mode: 'text', text, end: 'crlf' })
        }}
      />
      <Button tone="primary" keyHint="Enter" onPress={send}>
        Send
      </Button>
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
