/** Owns: where in a text the problems of a policy stand: the line is known, the column is that of the line's value. Pure. */
import { notationLines } from './notation/lines.ts'
import type { PolicyProblem } from './problems.ts'

/** Those with a line get the column of what is wrong in it: the value, or the tag's. */
export function placed(problems: readonly PolicyProblem[], text: string): PolicyProblem[] {
  if (!problems.some(({ line }) => line !== undefined)) return [...problems]
  const columns = new Map(
    notationLines(text).map((line) => [line.line, 'at' in line ? line.at.column : line.column]),
  )
  return problems.map((problem) => {
    const column = problem.line === undefined ? undefined : columns.get(problem.line)
    return column === undefined ? problem : { ...problem, column }
  })
}
