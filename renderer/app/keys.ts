/** Owns: the keys and what they do, in the words of the help. */

export interface KeyLine {
  keys: readonly string[]
  does: string
  where: 'Everywhere' | 'In a dialogue' | 'In Compare'
}

export const keyLines = (command: string): readonly KeyLine[] => [
  { keys: [command, 'K'], does: 'Commands', where: 'Everywhere' },
  { keys: [command, '1 to 7'], does: 'Go to a room', where: 'Everywhere' },
  { keys: ['F6'], does: 'Next pane', where: 'Everywhere' },
  { keys: ['?'], does: 'These keys', where: 'Everywhere' },
  { keys: ['/'], does: 'Filter the list', where: 'Everywhere' },
  { keys: ['Up', 'Down', 'J', 'K'], does: 'Line or item', where: 'In a dialogue' },
  { keys: ['Left', 'Right'], does: 'Fold, unfold; then through what EHLO offers', where: 'In a dialogue' },
  { keys: ['F10'], does: 'Step: send the next line', where: 'In a dialogue' },
  { keys: ['F9'], does: 'One line back', where: 'In a dialogue' },
  { keys: ['Shift', 'F9'], does: 'To the first line', where: 'In a dialogue' },
  { keys: ['F5'], does: 'Run until a breakpoint', where: 'In a dialogue' },
  { keys: ['Shift', 'F5'], does: 'Pause, or when paused finish politely', where: 'In a dialogue' },
  { keys: ['E'], does: 'Edit the next line, or the answer', where: 'In a dialogue' },
  { keys: ['Esc'], does: 'Leave the line as it was', where: 'In a dialogue' },
  { keys: ['S'], does: 'Skip it', where: 'In a dialogue' },
  { keys: ['A'], does: 'Say the last one again', where: 'In a dialogue' },
  { keys: ['B'], does: 'Pause before a verb', where: 'In a dialogue' },
  { keys: ['X'], does: 'Text or hex', where: 'In a dialogue' },
  { keys: ['Shift', 'Enter'], does: 'In the list: keep for comparing, then compare', where: 'Everywhere' },
  { keys: ['N', 'P'], does: 'Comparing: next, previous difference', where: 'In a dialogue' },
  { keys: ['C'], does: 'Copy for a ticket', where: 'In a dialogue' },
  { keys: ['Up', 'Down', 'J', 'K'], does: 'Row of the matrix', where: 'In Compare' },
  { keys: ['Enter', 'Right', 'Left'], does: 'Open a row, fold it', where: 'In Compare' },
  { keys: ['O'], does: 'Open the dialogue of the row', where: 'In Compare' },
  { keys: ['C'], does: 'Copy the whole test for a ticket', where: 'In Compare' },
]
