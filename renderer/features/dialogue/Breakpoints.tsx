/** Owns: where the dialogue pauses: chips to take away, a menu to add. */
import { breakpointChoices, breakpointWords } from '#renderer/model/breakpoints.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import styles from './Dock.module.css'

export interface BreakpointsProps {
  breakpoints: readonly string[]
  onChange: (breakpoints: string[]) => void
}

export function Breakpoints({ breakpoints, onChange }: BreakpointsProps) {
  const free = breakpointChoices.filter((choice) => !breakpoints.includes(choice))
  return (
    <>
      <span className={styles.label}>Pause before</span>
      {breakpoints.map((one) => (
        <Chip
          key={one}
          onRemove={() => onChange(breakpoints.filter((other) => other !== one))}
          removeLabel={`Do not pause before ${breakpointWords(one)}`}
        >
          {breakpointWords(one)}
        </Chip>
      ))}
      <span data-key="breakpoint">
        <Menu
          label="Pause before"
          trigger={<IconButton icon="plus" size="s" label="Pause before another step" keyHint="B" />}
          items={free.map((choice) => ({
            id: choice,
            label: breakpointWords(choice),
            onAction: () => onChange([...breakpoints, choice]),
          }))}
        />
      </span>
    </>
  )
}
