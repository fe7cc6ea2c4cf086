/** Owns: turning SQLite's and the file system's errors into the store's few codes, in words with a remedy. */
import { StoreError } from './types.ts'
import type { Fault } from './wireTypes.ts'

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const codes: Record<number, StoreError['code']> = {
  3: 'readonly',
  5: 'locked',
  6: 'locked',
  8: 'readonly',
  11: 'corrupt',
  13: 'full',
  14: 'readonly',
  26: 'corrupt',
}
const systemCodes: Record<string, StoreError['code']> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'readonly',
  EPERM: 'readonly',
  EROFS: 'readonly',
}

const remedies: Record<StoreError['code'], string> = {
  full: 'The disk is full. Free some space; nothing that was confirmed is lost.',
  locked: 'Another running Relayscope uses this data folder. Close it, or choose another data folder.',
  corrupt:
    'The database is damaged. On the next start it is set aside and a new one is begun; the old file is kept.',
  readonly: 'It may not be written. Check the permissions of the data folder, or choose another one.',
  closed: 'The store is closed.',
  failed: 'The database refused the request.',
}

/** Where the code alone names no remedy. */
const systemRemedies: Record<string, string> = {
  EIO: 'The disk could not be read or written.',
  EMFILE: 'Too many files are open at once. Allow the program more of them, or fewer connections.',
  ENOTDIR: 'Something else is where the folder of large messages belongs. Move it away.',
  EISDIR: 'A folder is where the database belongs. Move it away, or choose another data folder.',
}

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined

/** Code of any error; `failed` when it is none of the known ones. */
export function codeOf(error: unknown): StoreError['code'] {
  if (error instanceof StoreError) return error.code
  const sqlite = field(error, 'errcode')
  // The low octet is the primary code; the rest says more.
  if (typeof sqlite === 'number') return codes[sqlite & 0xff] ?? 'failed'
  const system = field(error, 'code')
  return (typeof system === 'string' ? systemCodes[system] : undefined) ?? 'failed'
}

/** As plain data that travels between threads. `path`: the file the words name. */
export function faultOf(error: unknown, path: string): Fault {
  if (error instanceof StoreError) return { code: error.code, message: error.message }
  const code = codeOf(error)
  const why = error instanceof Error ? error.message : String(error)
  const system = field(error, 'code')
  const remedy = (typeof system === 'string' ? systemRemedies[system] : undefined) ?? remedies[code]
  return { code, message: `${path}: ${remedy} (${why})` }
}

export const toStoreError = (fault: Fault): StoreError => new StoreError(fault.code, fault.message)
