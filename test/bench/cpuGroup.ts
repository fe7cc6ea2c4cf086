/**
 * Owns: the processor time of a server with all that it forks, by a control group of the kernel. Where there is none, the
 * time of the process alone with the children that it waited for.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'

const root = '/sys/fs/cgroup/cpuacct'

export interface CpuGroup {
  /** Seconds so far. */
  seconds(): number
  remove(): void
}

const join = (folder: string): void => writeFileSync(`${folder}/cgroup.procs`, String(process.pid))

/**
 * What `start` spawns is in the group, for it is ours while it starts. Null where this system has no such groups or does
 * not let us make one.
 */
export async function inCpuGroup<T>(name: string, start: () => Promise<T>): Promise<[T, CpuGroup | null]> {
  const folder = `${root}/relayscope-${process.pid}-${name}`
  try {
    if (!existsSync(`${root}/cgroup.procs`)) return [await start(), null]
    mkdirSync(folder)
    join(folder)
  } catch {
    return [await start(), null]
  }
  try {
    const started = await start()
    return [
      started,
      {
        seconds: () => Number(readFileSync(`${folder}/cpuacct.usage`, 'utf8')) / 1e9,
        remove() {
          try {
            rmdirSync(folder)
          } catch {
            // Somebody in it has not ended yet; it is empty otherwise and costs nothing.
          }
        },
      },
    ]
  } finally {
    join(root)
  }
}
