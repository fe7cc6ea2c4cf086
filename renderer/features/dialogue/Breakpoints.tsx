/** Owns: where the dialogue pauses: chips to take away, a menu to add, and a field for an exact code. */
import { useState } from 'react'
import {
  breakpointChoices,
  breakpointWords,
  codeBreakpoint,
  serverBreakpointChoices,
  type Role,
} from '#renderer/model/breakpoints.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Dock.module.css'

export interface BreakpointsProps {
  breakpoints: readonly string[]
  /** At our server answers are held, not commands. */
  end?: Role
  onChange: (breakpoints: string[]) => void
}

function CodeDialog({ onAdd, onClose }: { onAdd: (code: string) => void; onClose: () => void }) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const add = () => {
    const read = codeBreakpoint(text)
    if (read.ok) onAdd(read.code)
    else setProblem(read.problem)
  }
  return (
    <Dialog
      open
      title="Pause at a reply code"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button tone="primary" onPress={add}>
            Add
          </Button>
        </>
      }
    >
      <TextField
        label="Reply code"
        mono
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog asks for this one thing
        autoFocus
        inputMode="numeric"
        value={text}
        error={problem}
        hint="Three digits, as 451."
        onChange={setText}
        onKeyDown={(event) => event.key === 'Enter' && add()}
      />
    </Dialog>
  )
}

export function Breakpoints({ breakpoints, end: role = 'client', onChange }: BreakpointsProps) {
  const [asking, setAsking] = useState(false)
  const choices: readonly string[] = role === 'server' ? serverBreakpointChoices : breakpointChoices
  const add = (one: string) => onChange([...breakpoints.filter((other) => other !== one), one])
  return (
    <>
      <span className={styles.label}>{role === 'server' ? 'Pause before answering' : 'Pause before'}</span>
      {breakpoints.map((one) => (
        <Chip
          key={one}
          onRemove={() => onChange(breakpoints.filter((other) => other !== one))}
          removeLabel={`Do not pause before ${breakpointWords(one, role)}`}
        >
          {breakpointWords(one, role)}
        </Chip>
      ))}
      <span data-key="breakpoint">
        <Menu
          label="Pause before"
          trigger={<IconButton icon="plus" size="s" label="Pause before another step" keyHint="B" />}
          items={[
            ...choices
              .filter((choice) => !breakpoints.includes(choice))
              .map((choice) => ({
                id: choice,
                label: breakpointWords(choice, role),
                onAction: () => add(choice),
              })),
            { id: 'code', label: 'A reply code …', onAction: () => setAsking(true) },
          ]}
        />
      </span>
      {asking && (
        <CodeDialog
          onClose={() => setAsking(false)}
          onAdd={(code) => {
            setAsking(false)
            add(code)
          }}
        />
      )}
    </>
  )
}
