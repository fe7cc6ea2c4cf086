/** Owns: letting Electron's own package fetch its runtime, once and within a limit. Nothing is remembered of a failure. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** Milliseconds for about 110 MB; a slower line gets the browser now and may try again. */
export const fetchLimit = 90_000

/**
 * Runs `script` (Electron's install.js) with this Node. Resolves with null when it is there now, or with why not. The
 * process is ended at the limit, so that a network that swallows packets cannot hold the start.
 */
export function fetchRuntime(script: string, limit = fetchLimit): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: 'ignore' })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      resolve(`it could not be fetched within ${Math.round(limit / 1000)} seconds`)
    }, limit)
    const settle = (why: string | null): void => {
      clearTimeout(timer)
      resolve(why)
    }
    child.on('error', () => settle('it could not be fetched'))
    child.on('exit', (code) => settle(code === 0 ? null : 'it could not be fetched'))
  })
}

export const fetchScript = (root: string): string => join(root, 'node_modules/electron/install.js')
