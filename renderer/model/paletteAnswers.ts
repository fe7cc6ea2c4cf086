/** Owns: what the palette explains: a typed code, verb, parameter, extension, mechanism or port becomes an answered line. */
import { exactAnswers, nearAnswers, type Answer } from '#shared/knowledge/lookUp.ts'
import { markOf, type Command, type Found } from './palette.ts'

const group = 'Explain'
/** What is near stands apart where commands are between it and what is exact. */
const moreGroup = 'Also explained'

function found<C extends Command>(answer: Answer, typed: string, toCommand: (answer: Answer) => C): Found<C> {
  const query = typed.trim().toLowerCase()
  const command = toCommand(answer)
  return { command, mark: markOf(command.title, query), noteMark: markOf(command.note, query) }
}

/** The parts of a command that come from an answer. */
export const answerFields = ({ id, title, name, words, reference }: Answer) => ({
  id: `explain-${id}`,
  group,
  title,
  note: name,
  answer: { words, reference },
})

/**
 * `commands` with answers: what is exactly the typed text comes first, because who types 550 wants to know; but a command
 * whose title begins with it is meant more often. What is only near comes last.
 */
export function withAnswers<C extends Command>(
  commands: readonly Found<C>[],
  typed: string,
  toCommand: (answer: Answer) => C,
): Found<C>[] {
  const make = (answer: Answer) => found(answer, typed, toCommand)
  const exact = exactAnswers(typed).map(make)
  const meant = commands.some(({ mark }) => mark?.[0] === 0)
  const apart = exact.length > 0 && commands.length > 0 && !meant
  const near = nearAnswers(typed)
    .map(make)
    .map((one) => (apart ? { ...one, command: { ...one.command, group: moreGroup } } : one))
  return meant ? [...commands, ...exact, ...near] : [...exact, ...commands, ...near]
}
