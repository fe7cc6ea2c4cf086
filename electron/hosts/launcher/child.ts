/** Owns: running another program in the launcher's place: its terminal, its signals, its exit status. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The exit status by which a shell tells of a signal: 128 + its number. */
export const signalStatus = (signal: NodeJS.Signals): number => 128 + constants.signals[signal]

/**
 * Resolves with the exit status: 127 when it could not be started (or a library of it is missing), 128 + n by signal. A
 * signal to the launcher is passed on; what the terminal sent to both does no harm twice.
 */
export function runChild(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
    for (const signal of signals) process.on(signal, pass)
    const settle = (status: number): void => {
      for (const signal of signals) process.off(signal, pass)
      resolve(status)
    }
    child.on('error', () => settle(127))
    child.on('exit', (code, signal) => settle(code ?? signalStatus(signal ?? 'SIGTERM')))
  })
}
