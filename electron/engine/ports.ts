/** Owns: what a host must supply to the engine, and what the engine gives back. */
import type { Handlers } from '#shared/rpc/types.ts'

export interface Clock {
  now(): Date
  /** Monotonic microseconds from any origin. */
  micros(): number
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
/** Never given a secret. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Record<string, string | number | boolean>,
) => void

/** The operating system's keychain, or memory where there is none. */
export interface Secrets {
  kind: 'keychain' | 'memory'
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<void>
}

export interface EnginePorts {
  host: 'desktop' | 'browser' | 'terminal' | 'test'
  version: string
  /** Absolute; made when missing, with access for the owner only. */
  dataFolder: string
  clock: Clock
  log: Log
  secrets: Secrets
  /** Where the store's worker script lies when the engine is bundled; by default beside its source. */
  storeWorker?: URL
}

export interface Engine {
  handlers: Handlers
  /** Ends sessions politely, flushes the store, closes every socket. Safe to call twice. */
  stop(): Promise<void>
}
