/** How SQLite goes about each SQL text that a piece of the store prepares. */
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished, vi } from 'vitest'

/** The texts that `work` prepares and that name this table, each with the steps of its plan. */
export function plansOf(
  db: DatabaseSync,
  table: string,
  work: () => void,
): { sql: string; steps: string[] }[] {
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare')
  onTestFinished(() => spy.mockRestore())
  work()
  const texts = new Set(spy.mock.calls.map(([sql]) => sql))
  spy.mockRestore()
  return [...texts]
    .filter((sql) => new RegExp(`\\b${table}\\b`).test(sql))
    .map((sql) => ({ sql, steps: db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map((step) => String(step['detail'])) })) // prettier-ignore
}
