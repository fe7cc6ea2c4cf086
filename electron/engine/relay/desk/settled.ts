/**
 * Owns: rules that a form gave, written as a text whose lines then name them, as if a person had typed it: put into the text
 * that the rules had before, so that its comments and its order stay, or a new one where that cannot be. Pure.
 */
import { editNotation } from '#shared/relay/notation/edit.ts'
import { maskNotation } from '#shared/relay/notation/mask.ts'
import { meaningOf } from '#shared/relay/notation/meaning.ts'
import { parseNotation, type ReadNotation } from '#shared/relay/notation/parse.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import { RelayPolicy } from '#shared/relay/policy.ts'
import { withWholePaths } from './authorityFiles.ts'

export interface Settled {
  policy: RelayPolicy
  text: string
  /** Where paths of the text begin that are not whole. */
  folder?: string
  /** There was a text, and its comments are not in this one. */
  anew?: true
}

/** A text as it is kept, masked; `folder` as in `Settled`. */
type Before = Pick<Settled, 'text'> & { folder?: string | undefined }

const bare = (policy: RelayPolicy): unknown =>
  JSON.parse(JSON.stringify(policy, (key, value: unknown) => (key === 'line' ? undefined : value)))

/** The text before was masked; but a smarthost that came makes what is unknown beside it worth hiding. */
function hidesEverything(text: string, { masked }: ReadNotation): boolean {
  const lines = text.split('\n')
  return [...masked].every(([line, shown]) => lines[line - 1]?.includes(shown) === true)
}

/** Null where the text before cannot be edited, or would not come back as the policy. */
function edited(policy: RelayPolicy, { text, folder }: Before): Settled | null {
  const before = parseNotation(text)
  if (before.problems.length > 0) return null
  const made = editNotation(text, withWholePaths(before.policy, folder), policy)
  if (made === null) return null
  const again = parseNotation(made.text)
  const now = hidesEverything(made.text, again) ? made.text : maskNotation(made.text)
  const read = withWholePaths(again.policy, folder)
  const same = again.problems.length === 0 && meaningOf(read) === meaningOf(made.policy)
  return same ? { policy: read, text: now, ...(folder === undefined ? {} : { folder }) } : null
}

/** Lines are left out where the text would not come back as the same policy: such rules are refused before they are saved. */
export function settled(policy: RelayPolicy, before?: Before | null): Settled {
  const kept = before ? edited(policy, before) : null
  if (kept !== null) return kept
  const text = printNotation(policy)
  const again = parseNotation(text)
  const same = again.problems.length === 0 && meaningOf(again.policy) === meaningOf(policy)
  const anew = before?.text.includes('#') === true
  return { policy: same ? again.policy : RelayPolicy.parse(bare(policy)), text, ...(anew ? { anew } : {}) }
}
