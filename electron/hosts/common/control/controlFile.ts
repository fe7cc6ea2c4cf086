/**
 * Owns: the file in a data folder that says where the program that has the folder listens for commands, and the secret by
 * which they know each other. For its owner alone, new at each start, gone at the end; after a kill it names a port where
 * nobody knows the secret.
 */
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const ControlPlace = z.object({ port: z.int().min(1).max(65_535), secret: z.string().min(40).max(100) })
export type ControlPlace = z.infer<typeof ControlPlace>

export const controlFile = (folder: string): string => join(folder, 'control.json')

/** The whole of it or nothing, and never with other rights than its owner's. */
export async function writeControlFile(folder: string, place: ControlPlace): Promise<void> {
  const path = controlFile(folder)
  const beside = `${path}.new`
  await rm(beside, { force: true })
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(place)}\n`)
  } finally {
    await file.close()
  }
  await rename(beside, path)
}

/** Null: none is there, or it is none. Rejects with words when others than its owner may use it. */
export async function readControlFile(folder: string): Promise<ControlPlace | null> {
  const path = controlFile(folder)
  try {
    const { mode, size } = await stat(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new Error(`${path} can be used by others than its owner. Remove it, and start the program anew.`)
    if (size > 4096) return null
    return ControlPlace.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Where it is still the one that was written. Never rejects. */
export async function removeControlFile(folder: string, { secret }: ControlPlace): Promise<void> {
  const there = await readControlFile(folder).catch(() => null)
  if (there?.secret === secret) await rm(controlFile(folder), { force: true }).catch(() => undefined)
}
