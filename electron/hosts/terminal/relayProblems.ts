/** Owns: what is wrong with a relay's rules as lines for a terminal, `FILE:LINE:COLUMN: severity: words`, as compilers write it. */
import type { RulesProblem } from '#shared/rpc/contract/relay.ts'
import { shown } from './io.ts'

export function rulesProblemText(file: string, { severity, line, column, message }: RulesProblem): string {
  const place = [file, ...(line === undefined ? [] : [line, ...(column === undefined ? [] : [column])])]
  return `${place.join(':')}: ${severity}: ${shown(message)}`
}
