/**
 * Owns: policies of MTA-STS beyond the end of the program: RFC 8461 §5.1 keeps one for as long as it says, and who could wait
 * for a restart to hide a policy would take TLS away. Nothing in it is secret. A store that fails costs the memory alone.
 */
import { z } from 'zod'
import type { Log } from '../../ports.ts'
import type { Store } from '../../store/types.ts'

const setting = 'relay.mtaSts'
/** A year and six hours (§3.2): what holds longer was kept by a clock that was wrong. */
const longestAge = 31_557_600
/** Characters of all policies together; the oldest go. */
const mostCharacters = 1_000_000

const KeptPolicy = z.object({
  id: z.string(),
  policy: z.object({
    mode: z.enum(['enforce', 'testing', 'none']),
    maxAge: z.number(),
    patterns: z.array(z.string()),
  }),
  /** Milliseconds since 1970. */
  until: z.number(),
})
export type KeptPolicy = z.infer<typeof KeptPolicy>
const Saved = z.array(z.tuple([z.string(), KeptPolicy]))

export type Policies = ReadonlyMap<string, KeptPolicy>

export interface StsMemory {
  /** Those that hold at this moment, the newest last. Never rejects. */
  load(now: number): Promise<Policies>
  /** Never rejects. Of several calls while one is under way the last is written. */
  save(kept: Policies): Promise<void>
}

export const noMemory: StsMemory = { load: async () => new Map(), save: async () => {} }

function written(kept: Policies): string {
  const parts: string[] = []
  let room = mostCharacters
  for (const entry of [...kept].toReversed()) {
    const part = JSON.stringify(entry)
    room -= part.length + 1
    if (room < 0) break
    parts.push(part)
  }
  return `[${parts.toReversed().join(',')}]`
}

function read(text: string | null): [string, KeptPolicy][] {
  return text === null ? [] : Saved.parse(JSON.parse(text))
}

export function stsMemory(store: Pick<Store, 'getSetting' | 'putSetting'>, log: Log): StsMemory {
  const failed = (message: string) => (error: unknown) => log('warn', message, { reason: String(error) })
  let next: Policies | null = null
  let writing: Promise<void> | null = null
  const write = async (): Promise<void> => {
    for (let kept = next; kept !== null; kept = next) {
      next = null
      await store.putSetting(setting, written(kept)).catch(failed('Policies of MTA-STS could not be saved; they are known until the program ends')) // prettier-ignore
    }
    writing = null
  }
  return {
    async load(now) {
      try {
        const entries = read(await store.getSetting(setting))
        return new Map(entries.filter(([, { until }]) => until > now && until <= now + longestAge * 1000))
      } catch (error) {
        failed('The saved policies of MTA-STS cannot be read; they are asked for again')(error)
        return new Map()
      }
    },
    save(kept) {
      next = kept
      writing ??= write()
      return writing
    },
  }
}
