/**
 * Owns: places apart for a command under test: a network of its own without any name server, a user without rights, a
 * small disk. Linux as root only; elsewhere `whyNot` says why, for a visible skip.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../system.ts'

/** '' where it can be done. */
export function whyNot(...programs: string[]): string {
  if (process.platform !== 'linux') return 'this needs Linux'
  if (process.getuid?.() !== 0) return 'this needs root'
  const missing = programs.find((program) => findProgram(program) === null)
  return missing === undefined ? tried() : `${missing} is not installed`
}

/** A container may forbid what root may do elsewhere. */
function tried(): string {
  try {
    execFileSync('unshare', ['-n', '-m', 'true'], { stdio: 'ignore' })
    return ''
  } catch {
    return 'this system allows no namespaces'
  }
}

/**
 * Words before a command that give it a network with nothing but loopback: no question leaves the machine.
 * `hosts-file`: names are looked up in /etc/hosts only, so an unknown one is known not to exist. `no-server`: the
 * usual look-up, with no name server that could be reached.
 */
export function apart(folder: string, names: 'hosts-file' | 'no-server', unprivileged = false): string[] {
  const rules = join(folder, 'nsswitch.conf')
  writeFileSync(rules, 'hosts: files\n')
  const bind = names === 'hosts-file' ? `mount --bind '${rules}' /etc/nsswitch.conf && ` : ''
  const drop = unprivileged ? 'setpriv --reuid=65534 --regid=65534 --clear-groups ' : ''
  return ['unshare', '-n', '-m', 'sh', '-c', `${bind}ip link set lo up && exec ${drop}"$@"`, 'sh']
}

/** A disk in memory of this many MiB; `away` takes it off again. */
export function smallDisk(folder: string, size: number): { path: string; away(): void } {
  const path = join(folder, 'disk')
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', path])
  return { path, away: () => void execFileSync('umount', [path]) }
}
