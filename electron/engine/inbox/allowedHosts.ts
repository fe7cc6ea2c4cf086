/**
 * Owns: the hosts that mail may be given to, kept messages and the relay's. Each was typed by a person and stands for itself: no wildcard,
 * no domain with all that is below it, nothing that a message or a server says. Empty until then.
 */
import { z } from 'zod'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { mostAllowedHosts } from '#shared/rpc/contract/inboxRelease.ts'
import { readHost } from '../dialogue/host.ts'
import { addressLiteral, asciiName } from '../dialogue/resolve.ts'
import { problemOf } from '../message/problems.ts'
import type { Store } from '../store/types.ts'

const settingKey = 'inbox.allowedHosts'
const Saved = z.array(z.string()).max(mostAllowedHosts)

/** One spelling for each host: A-labels in lower case without a final dot, addresses in their short form; '' for none. */
export function hostKey(host: string): string {
  const literal = addressLiteral(host.trim())
  if (literal === undefined) return asciiName(host.trim()).toLowerCase()
  return literal.family === 4 ? literal.address : new URL(`http://[${literal.address.replace(/%.*$/u, '')}]`).hostname // prettier-ignore
}

export type SetHosts = { ok: true; hosts: string[] } | { ok: false; problems: FieldProblem[] }

export class AllowedHosts {
  readonly #store: Pick<Store, 'getSetting' | 'putSetting'>
  readonly #listeners: ((hosts: readonly string[]) => void)[] = []

  constructor(store: Pick<Store, 'getSetting' | 'putSetting'>) {
    this.#store = store
  }

  /** Told after each change, with host keys. */
  onChange(listener: (hosts: readonly string[]) => void): void {
    this.#listeners.push(listener)
  }

  /** What cannot be read allows nothing. */
  async list(): Promise<string[]> {
    const json = await this.#store.getSetting(settingKey)
    if (json === null) return []
    try {
      return Saved.parse(JSON.parse(json))
    } catch {
      return []
    }
  }

  async set(typed: readonly string[]): Promise<SetHosts> {
    const problems = typed.flatMap((host, place) => hostProblem(host, place))
    if (problems.length > 0) return { ok: false, problems }
    const hosts = [...new Set(typed.map(hostKey))]
    await this.#store.putSetting(settingKey, JSON.stringify(hosts))
    for (const listener of this.#listeners) listener(hosts)
    return { ok: true, hosts }
  }

  async allows(host: string): Promise<boolean> {
    const key = hostKey(host)
    return key !== '' && (await this.list()).includes(key)
  }
}

function hostProblem(host: string, place: number): FieldProblem[] {
  const read = readHost(host.trim())
  const field = `hosts[${place}]`
  if (host.includes('*'))
    return [
      problemOf(
        field,
        host,
        `${host.trim()} has a wildcard: write each host by its whole name, as mail.example.com.`,
      ),
    ]
  if (!read.ok) return [problemOf(field, host, read.message)]
  if (!read.clean || hostKey(host) === '')
    return [problemOf(field, host, `${host.trim()} is more than a host: write ${read.host} alone.`)]
  return []
}
