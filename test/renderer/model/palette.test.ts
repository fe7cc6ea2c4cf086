import { expect, test } from 'vitest'
import { findCommands, type Command } from '#renderer/model/palette.ts'

const command = (group: string, title: string, note?: string): Command => ({ id: title, group, icon: 'x', title, run: () => {}, ...(note ? { note } : {}) }) // prettier-ignore
const commands = [
  command('A', 'Step on', 'unpause for one line'),
  command('A', 'Pause before a verb'),
  command('B', 'What a pause costs'),
  command('B', 'Other'),
]

test('nothing typed: everything in order', () => {
  expect(findCommands(commands, ' ').map(({ command: { title } }) => title)).toEqual(
    commands.map(({ title }) => title),
  )
})
test('groups keep their order; the better match first; letters are marked', () => {
  const found = findCommands(commands, 'PAU')
  expect(found.map(({ command: { title } }) => title)).toEqual([
    'Pause before a verb',
    'Step on',
    'What a pause costs',
  ])
  expect(found[0]!.mark).toEqual([0, 3])
  expect(found[1]).toMatchObject({ mark: null, noteMark: [2, 5] })
  expect(findCommands(commands, 'zzz')).toEqual([])
})
