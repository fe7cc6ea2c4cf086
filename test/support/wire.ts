/** Owns: looking for a secret in what should not hold it: as it is, in base64 by itself, and inside a longer base64. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The forms in which `secret` would be recognised. */
function formsOf(secret: string): string[] {
  const inside = [0, 1, 2].map((before) => {
    const coded = Buffer.from('\0'.repeat(before) + secret + '\0').toString('base64')
    // The outer characters also hold bits of their neighbours.
    return coded.slice(before === 0 ? 0 : 4, -4)
  })
  return [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), ...inside]
}

/** The first form of `secret` found in `text`, or null. */
export function findSecret(text: string, secret: string): string | null {
  return formsOf(secret).find((form) => text.includes(form)) ?? null
}

/** The first file below `folder` that holds the secret in any form, or null. */
export function findSecretInFolder(folder: string, secret: string): string | null {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (findSecret(readFileSync(path, 'latin1'), secret) !== null) return path
  }
  return null
}
