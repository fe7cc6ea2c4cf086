/** Owns: a folder, a clock and a log for tests of the local server and its certificates. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock, Log, LogLevel, Secrets } from '#engine/ports.ts'

/** An empty folder that is gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relayscope-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

export const systemClock: Clock = {
  now: () => new Date(),
  micros: () => Math.round(performance.now() * 1000),
}

/** A clock that stands at `date`. */
export const clockAt = (date: Date): Clock => ({ now: () => date, micros: () => systemClock.micros() })

export interface LogLine {
  level: LogLevel
  message: string
  fields?: Record<string, string | number | boolean> | undefined
}

export function keepLog(): { lines: LogLine[]; log: Log } {
  const lines: LogLine[] = []
  return { lines, log: (level, message, fields) => void lines.push({ level, message, fields }) }
}

export function memorySecrets(): Secrets & { all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    kind: 'memory',
    all,
    get: async (name) => all.get(name) ?? null,
    set: async (name, value) => void all.set(name, value),
    remove: async (name) => void all.delete(name),
  }
}

/** The port that a listening TCP server got. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not a listening TCP server')
  return address.port
}
