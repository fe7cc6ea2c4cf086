/**
 * Owns: getting a password without the command line, where every process could read it: from an environment variable,
 * a file, or a prompt that shows nothing.
 */
import { GivenError, readGivenText } from './files.ts'

export interface PasswordOptions {
  passwordEnv?: string | undefined
  passwordFile?: string | undefined
}

/** Ctrl+C at the prompt. */
export class Cancelled extends Error {}

export interface PasswordSources {
  env: Record<string, string | undefined>
  prompt(question: string): Promise<string>
  /** Whether a person can be asked. */
  interactive: boolean
}

/** The password of `user`. One line end at a file's end is not part of it. Throws GivenError, or Cancelled. */
export async function readPassword(
  user: string,
  options: PasswordOptions,
  sources: PasswordSources,
): Promise<string> {
  if (options.passwordEnv !== undefined) return fromEnvironment(options.passwordEnv, sources.env)
  if (options.passwordFile !== undefined) {
    return (await readGivenText('--password-file', options.passwordFile)).replace(/\r?\n$/, '')
  }
  if (sources.interactive) return sources.prompt(`Password of ${user}: `)
  throw new GivenError(`No password given for ${user}: use --password-env VARIABLE or --password-file FILE.`)
}

function fromEnvironment(name: string, env: Record<string, string | undefined>): string {
  const value = env[name]
  if (value === undefined)
    throw new GivenError(
      `--password-env ${name}: the variable is not set. Set it, or use --password-file FILE.`,
    )
  return value
}

/** What is used of a terminal's input. */
export interface Keyboard {
  setRawMode(raw: boolean): unknown
  resume(): unknown
  pause(): unknown
  on(event: 'data', listener: (keys: Buffer) => void): unknown
  off(event: 'data', listener: (keys: Buffer) => void): unknown
}

/**
 * Asks on standard error and reads keys from a terminal without showing them. Ctrl+C rejects with Cancelled, and so does
 * `cancel` (a signal from elsewhere); the terminal is left as it was.
 */
export function promptHidden(
  input: Keyboard,
  output: NodeJS.WritableStream,
  question: string,
  cancel: AbortSignal,
): Promise<string> {
  output.write(question)
  input.setRawMode(true)
  input.resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const finish = (error: Error | null): void => {
      input.off('data', read)
      cancel.removeEventListener('abort', abort)
      input.setRawMode(false)
      input.pause()
      output.write('\n')
      if (error === null) resolve(typed)
      else reject(error)
    }
    const abort = (): void => finish(new Cancelled('Cancelled.'))
    const read = (keys: Buffer): void => {
      for (const key of keys.toString('utf8')) {
        if (key === '\r' || key === '\n' || key === '\u0004') return finish(null)
        if (key === '\u0003') return abort()
        typed = key === '\u007f' || key === '\b' ? typed.replace(/.$/su, '') : typed + key
      }
    }
    cancel.addEventListener('abort', abort)
    input.on('data', read)
  })
}
