/**
 * Owns: the certificates that a person gave. The chain lies in the settings, the key in the keychain (Secrets) and
 * nowhere else; where there is no keychain it is gone with the program, and the certificate says so.
 */
import { z } from 'zod'
import type { OwnCertificate } from '#shared/rpc/contract/certificates.ts'
import type { Clock, Log, Secrets } from '../ports.ts'
import { saveWithSecrets } from '../secretChange.ts'
import type { Store } from '../store/types.ts'
import { factsOf } from './facts.ts'
import { chainOf, type CheckedCertificate, noticesOf } from './own.ts'

const settingKey = 'server.certificates'
const secretOf = (name: string): string => `server.certificate.${name}`
/** So that settings stay small. */
export const mostOwn = 50

const Saved = z.array(z.object({ name: z.string(), certificate: z.string() })).max(mostOwn)

export interface OwnStoreOptions {
  store: Pick<Store, 'getSetting' | 'putSetting'>
  secrets: Secrets
  clock: Clock
  log: Log
}

export interface OwnPair {
  cert: string
  key: string
}

export class OwnStore {
  readonly #options: OwnStoreOptions
  #chains: Map<string, string> | null = null

  constructor(options: OwnStoreOptions) {
    this.#options = options
  }

  async names(): Promise<string[]> {
    return [...(await this.#load()).keys()]
  }

  async list(): Promise<OwnCertificate[]> {
    const { clock, secrets } = this.#options
    const chains = [...(await this.#load())]
    return Promise.all(
      chains.map(async ([name, pem]) => {
        const chain = chainOf(pem)
        const usable = (await secrets.get(secretOf(name))) !== null
        const notices = noticesOf(chain, clock.now())
        return { name, ...factsOf(chain[0]!), chain: chain.length, usable, notices }
      }),
    )
  }

  /** For a TLS server, or why not, in words. */
  async pair(name: string): Promise<OwnPair | string> {
    const cert = (await this.#load()).get(name)
    if (cert === undefined)
      return `There is no certificate called ${JSON.stringify(name.slice(0, 60))}. Add it, or use this computer’s own.`
    const key = await this.#options.secrets.get(secretOf(name))
    return key === null
      ? `The key of the certificate ${name} is not here any more. Add it again with its key.`
      : { cert, key }
  }

  async put(name: string, { certificate, key }: CheckedCertificate): Promise<void> {
    const chains = new Map(await this.#load()).set(name, certificate)
    // The key first: a chain without a key would be told as one whose key was lost.
    await saveWithSecrets(this.#options.secrets, new Map([[secretOf(name), key]]), () => this.#save(chains))
  }

  async remove(name: string): Promise<void> {
    const chains = new Map(await this.#load())
    chains.delete(name)
    await this.#save(chains)
    await this.#options.secrets.remove(secretOf(name))
  }

  async #load(): Promise<Map<string, string>> {
    if (this.#chains !== null) return this.#chains
    const text = await this.#options.store.getSetting(settingKey)
    return (this.#chains ??= new Map(this.#parse(text).map(({ name, certificate }) => [name, certificate])))
  }

  #parse(text: string | null): z.infer<typeof Saved> {
    if (text === null) return []
    try {
      const saved = Saved.parse(JSON.parse(text))
      for (const { certificate } of saved)
        if (chainOf(certificate).length === 0) throw new Error('no certificate')
      return saved
    } catch {
      this.#options.log('warn', 'The saved certificates of the local server cannot be read; there are none')
      return []
    }
  }

  /** What cannot be saved is not remembered either. */
  async #save(chains: Map<string, string>): Promise<void> {
    const saved = [...chains].map(([name, certificate]) => ({ name, certificate }))
    await this.#options.store.putSetting(settingKey, JSON.stringify(saved))
    this.#chains = chains
  }
}
