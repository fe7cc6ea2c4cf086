/** Owns: changing secrets together with the settings that name them: both or neither, as far as the keychain lets us. */
import type { Secrets } from './ports.ts'

type Values = ReadonlyMap<string, string | null>

/**
 * Sets each secret (null takes it away), then does `save`. Where one of them fails, what was there before is put back and
 * the error goes on: a key beside the chain of another, or a token at the place of another user, would be worse than none.
 */
export async function saveWithSecrets(
  secrets: Secrets,
  wanted: Values,
  save: () => Promise<void>,
): Promise<void> {
  const before = new Map<string, string | null>()
  for (const name of wanted.keys()) before.set(name, await secrets.get(name))
  try {
    await put(secrets, wanted)
    await save()
  } catch (error) {
    // The first failure is the one to tell.
    await put(secrets, before).catch(() => undefined)
    throw error
  }
}

async function put(secrets: Secrets, values: Values): Promise<void> {
  for (const [name, value] of values) await (value === null ? secrets.remove(name) : secrets.set(name, value))
}
