/**
 * Owns: which program listens on a port of this computer, as far as this user may see: on Linux by /proc, which costs no
 * program and no rights. Elsewhere, and where it is another user's, nobody can be named.
 */
import { readdir, readFile, readlink } from 'node:fs/promises'
import { isIPv4 } from 'node:net'
import { basename, join } from 'node:path'

export interface PortHolder {
  pid: number
  name: string
}

/** Processes and open files that are looked at. */
const mostProcesses = 5000
const mostFiles = 5000
/** TCP_LISTEN in the tables of the kernel. */
const listening = '0A'

/** Who keeps this port from being listened on at this address. Null when it cannot be found out. `proc` is /proc. */
export async function portHolder(port: number, address: string, proc = '/proc'): Promise<PortHolder | null> {
  if (proc === '/proc' && process.platform !== 'linux') return null
  try {
    const inodes = new Set(
      (
        await Promise.all(['tcp', 'tcp6'].map((one) => listeners(join(proc, 'net', one), port, address)))
      ).flat(),
    )
    if (inodes.size === 0) return null
    const pids = (await readdir(proc)).filter((name) => /^\d+$/.test(name)).slice(0, mostProcesses)
    for (const pid of pids) {
      if (!(await holds(join(proc, pid, 'fd'), inodes))) continue
      return { pid: Number(pid), name: shown(await nameOf(join(proc, pid))) }
    }
  } catch {
    // Without /proc nobody can be named.
  }
  return null
}

/** Inodes of the sockets that listen on the port, at this address or at all. */
async function listeners(table: string, port: number, address: string): Promise<string[]> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  const text = await readFile(table, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/ +/)
    const [place = '', number] = local.split(':')
    return state === listening && number === wanted && collide(place, address) ? [inode] : []
  })
}

const everywhere = /^0+$/

/** Another program may have the same port at another address. */
function collide(place: string, address: string): boolean {
  const own = inTable(address)
  return everywhere.test(place) || everywhere.test(own) || place.endsWith(own)
}

/** As the kernel writes it: words of 32 bits, each in the order of the machine, which is little-endian nearly everywhere. */
function inTable(address: string): string {
  const octets = isIPv4(address) ? address.split('.').map(Number) : octetsOf(address)
  const words = Array.from({ length: octets.length / 4 }, (_, i) =>
    octets.slice(i * 4, i * 4 + 4).toReversed(),
  )
  return Buffer.from(words.flat()).toString('hex').toUpperCase()
}

const groupsOf = (text: string): string[] => text.split(':').filter((part) => part !== '')

/** Sixteen octets of an IPv6 address, its zone left out. */
function octetsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split('::')
  const [left, right] = [groupsOf(head), groupsOf(tail ?? '')]
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
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

const interpreter =
  /^(?:node|nodejs|bun|deno|python[\d.]*|perl[\d.]*|ruby[\d.]*|java|php[\d.]*|bash|dash|sh)$/u

/**
 * The program and, of one that runs scripts, the script: the kernel's own name for the process is that of a thread
 * ("MainThread"). No other argument: they may hold secrets.
 */
async function nameOf(folder: string): Promise<string> {
  const read = (file: string) => readFile(join(folder, file), 'utf8').catch(() => '')
  const [given = '', ...rest] = (await read('cmdline')).slice(0, 4096).split('\0')
  // A title that the program wrote there itself, as "sshd: ...", is no command line.
  if (given === '' || /[ :]/u.test(given)) return read('comm')
  const program = basename(given)
  const script = interpreter.test(program)
    ? rest.find((word) => word !== '' && !word.startsWith('-'))
    : undefined
  return script !== undefined && /^[\w./@+-]{1,300}$/u.test(script) && /[./]/u.test(script) ? `${program} ${basename(script)}` : program // prettier-ignore
}

/** A program names itself: nothing of it may change a line. */
const shown = (name: string): string =>
  name
    .trim()
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 40) || 'unknown'
