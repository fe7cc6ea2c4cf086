/**
 * Owns: secrets in secrets.json of the data folder, each encrypted by the system's keychain (Electron's safeStorage).
 * Where there is no keychain, Linux's `basic_text` included, which is encryption by a key that everybody knows, secrets stay
 * in memory and the log says so.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import type { Log, Secrets } from '#engine/ports.ts'
import { memorySecrets } from '../common/secrets.ts'

type Storage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

const Kept = z.record(z.string(), z.base64())

/** Why secrets cannot be kept here, or null. */
async function whyNot(storage: Storage, platform: NodeJS.Platform): Promise<string | null> {
  if (platform === 'linux' && storage.getSelectedStorageBackend() === 'basic_text')
    return 'this desktop has no keychain (GNOME Keyring or KWallet)'
  return (await storage.isAsyncEncryptionAvailable()) ? null : 'the keychain cannot be reached'
}

export async function openSecrets(
  storage: Storage,
  file: string,
  log: Log,
  platform: NodeJS.Platform = process.platform,
): Promise<Secrets> {
  const why = await whyNot(storage, platform)
  if (why === null) return new KeychainSecrets(storage, file, log)
  log('warn', `Passwords are forgotten when Relayscope ends: ${why}.`)
  return memorySecrets()
}

class KeychainSecrets implements Secrets {
  readonly kind = 'keychain'
  readonly #storage: Storage
  readonly #file: string
  readonly #log: Log
  /** Changes one after the other: two at once would overwrite each other's. */
  #last: Promise<void> = Promise.resolve()

  constructor(storage: Storage, file: string, log: Log) {
    this.#storage = storage
    this.#file = file
    this.#log = log
  }

  async get(name: string): Promise<string | null> {
    const kept = (await this.#read()).get(name)
    if (kept === undefined) return null
    try {
      return (await this.#storage.decryptStringAsync(Buffer.from(kept, 'base64'))).result
    } catch {
      this.#log('warn', `The keychain no longer opens the secret "${name}".`)
      return null
    }
  }

  async set(name: string, value: string): Promise<void> {
    const sealed = await this.#storage.encryptStringAsync(value)
    await this.#change((kept) => kept.set(name, sealed.toString('base64')))
  }

  async remove(name: string): Promise<void> {
    await this.#change((kept) => kept.delete(name))
  }

  #change(edit: (kept: Map<string, string>) => void): Promise<void> {
    const change = async (): Promise<void> => {
      const kept = await this.#read()
      edit(kept)
      // Whole or not at all, and for the owner only.
      await writeFile(`${this.#file}.new`, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 })
      await rename(`${this.#file}.new`, this.#file)
    }
    const done = this.#last.then(change)
    this.#last = done.catch(() => {})
    return done
  }

  async #read(): Promise<Map<string, string>> {
    try {
      const read = Kept.safeParse(JSON.parse(await readFile(this.#file, 'utf8')))
      return new Map(Object.entries(read.data ?? {}))
    } catch {
      return new Map()
    }
  }
}
