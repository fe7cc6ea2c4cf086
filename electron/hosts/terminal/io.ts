/** Owns: what a command may do to the outside: write results and words, ask, stop. Results go to stdout, words to stderr. */
import type { RpcClient } from '#shared/rpc/types.ts'
import type { PasswordSources } from './password.ts'

/** Exit status of every command. */
export const exitStatus = { ok: 0, findings: 1, usage: 2, cancelled: 3 } as const
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

export interface Io {
  /** The result: text or JSON. */
  out(text: string): void
  /** Words for a person: progress, problems. */
  say(text: string): void
  password: PasswordSources
  /** Aborted by the first Ctrl+C. */
  cancel: AbortSignal
}

/** Opens the engine on a data folder (null: a folder of its own, removed at the end), runs, and closes it again. */
export type WithEngine = <T>(dataFolder: string | null, run: (client: RpcClient) => Promise<T>) => Promise<T>

export interface FieldProblem {
  field: string
  value: string
  message: string
}

/** One line per wrong field. */
export function sayProblems(io: Io, problems: readonly FieldProblem[]): void {
  for (const { field, message } of problems) io.say(`${field}: ${message}`)
}

/** Two spaces of indentation and a line end, so that it may be read and piped. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
