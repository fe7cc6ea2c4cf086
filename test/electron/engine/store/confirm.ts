/** Owns: how a writer that will be killed says what is durable. Free of the test runner. */
import { writeSync } from 'node:fs'

/**
 * A pipe of its own. Standard output would not do: a thread makes Node open it, without blocking from then on, and a
 * write throws EAGAIN when whoever reads it is too busy to.
 */
export const confirmations = 3

/** Out before it returns, whatever happens to the process next. */
export function confirm(line: string): void {
  writeSync(confirmations, `${line}\n`)
}
