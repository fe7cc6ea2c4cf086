/**
 * Owns: which program listens on a port of this computer, as far as this user may see: on Linux by /proc, which costs no
 * program and no rights. Elsewhere, and where it is another user's, nobody can be named.
 */
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

export interface PortHolder {
  pid: number
  name: string
}

/** Processes and open files that are looked at. */
const mostProcesses = 5000
const mostFiles = 5000
/** TCP_LISTEN in the tables of the kernel. */
const listening = '0A'

/** Null when it cannot be found out. `proc` is /proc. */
export async function portHolder(port: number, proc = '/proc'): Promise<PortHolder | null> {
  if (proc === '/proc' && process.platform !== 'linux') return null
  try {
    const inodes = new Set(
      (await Promise.all(['tcp', 'tcp6'].map((one) => listeners(join(proc, 'net', one), port)))).flat(),
    )
    if (inodes.size === 0) return null
    const pids = (await readdir(proc)).filter((name) => /^\d+$/.test(name)).slice(0, mostProcesses)
    for (const pid of pids) {
      if (!(await holds(join(proc, pid, 'fd'), inodes))) continue
      const name = await readFile(join(proc, pid, 'comm'), 'utf8').catch(() => '')
      return { pid: Number(pid), name: shown(name) }
    }
  } catch {
    // Without /proc nobody can be named.
  }
  return null
}

/** Inodes of the sockets that listen on the port. */
async function listeners(table: string, port: number): Promise<string[]> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  const text = await readFile(table, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/ +/)
    return state === listening && local.endsWith(`:${wanted}`) ? [inode] : []
  })
}

async function holds(folder: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const files = await readdir(folder).catch(() => [])
  for (const file of files.slice(0, mostFiles)) {
    const target = await readlink(join(folder, file)).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (inode !== undefined && inodes.has(inode)) return true
  }
  return false
}

/** A program names itself: nothing of it may change a line. */
const shown = (name: string): string =>
  name
    .trim()
    .replace(/[^\x21-\x7e]/g, '?')
    .slice(0, 40) || 'unknown'
