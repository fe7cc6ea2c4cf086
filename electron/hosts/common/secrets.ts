/** Owns: secrets for hosts without a keychain: in memory, gone with the process. */
import type { Secrets } from '#engine/ports.ts'

export function memorySecrets(): Secrets {
  const kept = new Map<string, string>()
  return {
    kind: 'memory',
    get: (name) => Promise.resolve(kept.get(name) ?? null),
    set: (name, value) => Promise.resolve(void kept.set(name, value)),
    remove: (name) => Promise.resolve(void kept.delete(name)),
  }
}
