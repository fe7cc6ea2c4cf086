/**
 * Owns: a server in a root of its own for one test: a fresh copy of the root, the program in it by chroot, and its end. What
 * it needs to read is written into the copy; when it stops, all of it is gone.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { rootFolder, type RootName } from './roots.ts'

export interface Place {
  /** Path outside of a path inside. */
  outside(path: string): string
  write(path: string, text: string, mode?: number): void
  /** Gives folders and files to a user of the root; folders are made. */
  own(user: string, ...paths: string[]): void
  /** Starts the server, which must stay in the foreground, and waits until the port answers. */
  start(command: readonly string[], port: number): Promise<void>
  /** What it has printed so far. */
  output(): string
  stop(): Promise<void>
}

/** Beside the root itself, where devices are known to work. */
export function openPlace(name: RootName): Place {
  const home = mkdtempSync(`${rootFolder(name)}-run-`)
  const root = join(home, 'root')
  execFileSync('cp', ['-a', '--reflink=auto', rootFolder(name), root])
  const outside = (path: string): string => join(root, path)
  const log = join(home, 'output')
  let child: ChildProcess | undefined
  return {
    outside,
    write(path, text, mode = 0o644) {
      mkdirSync(dirname(outside(path)), { recursive: true })
      writeFileSync(outside(path), text, { mode })
    },
    own(user, ...paths) {
      const id = new RegExp(`^${user}:x:(\\d+):`, 'm').exec(readFileSync(outside('/etc/passwd'), 'utf8'))?.[1]
      if (id === undefined) throw new Error(`${name} has no user ${user}`)
      for (const path of paths) {
        if (!existsSync(outside(path))) mkdirSync(outside(path), { recursive: true })
        chownSync(outside(path), Number(id), Number(id))
      }
    },
    async start(command, port) {
      const out = openSync(log, 'a')
      // A group of its own: what it forks goes with it.
      child = spawn('chroot', [root, ...command], { stdio: ['ignore', out, out], detached: true, cwd: root })
      closeSync(out)
      for (let tries = 0; tries < 200; tries++) {
        if (await answers(port)) return
        if (child.exitCode !== null) break
        await new Promise((done) => setTimeout(done, 50))
      }
      throw new Error(`${name} did not start: ${readFileSync(log, 'utf8').slice(-2000)}`)
    },
    output: () => readFileSync(log, 'utf8'),
    async stop() {
      if (child?.pid !== undefined) await endGroup(child, child.pid)
      rmSync(home, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

async function endGroup(child: ChildProcess, group: number): Promise<void> {
  const gone = child.exitCode === null ? new Promise((done) => child.once('exit', done)) : undefined
  const end = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-group, signal)
    } catch {
      // All of it has ended.
    }
  }
  end('SIGTERM')
  const hard = setTimeout(end, 3000, 'SIGKILL')
  await gone
  clearTimeout(hard)
  end('SIGKILL')
}
