/** Owns: sessions and rows for the tests of the diff's parts. */
import { diffSteps } from '#shared/transcript/diff/diff.ts'
import { stepsOf } from '#shared/transcript/diff/steps.ts'
import type { DiffRow, TranscriptDiff } from '#shared/transcript/diff/types.ts'
import type { Built } from '../../../../support/page/builder.ts'
import { accepted, refused } from '../../../../support/page/scenes.ts'

export const diffOf = (left: Built, right: Built): TranscriptDiff =>
  diffSteps({ steps: stepsOf(left.events) }, { steps: stepsOf(right.events) })

/** A message that was accepted on 587 against one that was refused on 25. */
export const both = (): TranscriptDiff => diffOf(accepted(), refused())

export function rowNamed(name: string): DiffRow {
  const row = both().rows.find((one) => one.name === name)
  if (!row) throw new Error(`There is no row ${name}.`)
  return row
}
