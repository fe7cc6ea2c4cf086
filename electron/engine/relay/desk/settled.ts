/** Owns: rules that a form gave, written as a text whose lines then name them, as if a person had typed it. Pure. */
import { isDeepStrictEqual } from 'node:util'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import { RelayPolicy } from '#shared/relay/policy.ts'

const bare = (policy: RelayPolicy): unknown =>
  JSON.parse(JSON.stringify(policy, (key, value: unknown) => (key === 'line' ? undefined : value)))

/** Lines are left out where the text would not come back as the same policy: a wait of 1.5 seconds, say. */
export function settled(policy: RelayPolicy): { policy: RelayPolicy; text: string } {
  const text = printNotation(policy)
  const again = parseNotation(text)
  const own = bare(policy)
  const same = again.problems.length === 0 && isDeepStrictEqual(bare(again.policy), own)
  return { policy: same ? again.policy : RelayPolicy.parse(own), text }
}
