/** Owns: the saved tag rules as the store's thread reads them, for each message that comes. */
import type { DatabaseSync } from 'node:sqlite'
import { defaultTagRules, TagRules as Rules } from '#shared/rpc/contract/inboxTags.ts'

export const tagsKey = 'inbox.tags'

/** The rules of a setting's JSON; the defaults when there is none or it cannot be read. */
export function readTagRules(json: string | null): Rules {
  try {
    const saved = Rules.safeParse(json === null ? null : JSON.parse(json))
    return saved.success ? saved.data : defaultTagRules
  } catch {
    return defaultTagRules
  }
}

export class TagRules {
  readonly #get
  #known: Rules | null = null

  constructor(db: DatabaseSync) {
    this.#get = db.prepare('SELECT json FROM settings WHERE key = ?')
  }

  /** Those of the beginning when they cannot be read now: a message that is stored already is told of all the same. */
  rules(): Rules {
    if (this.#known !== null) return this.#known
    try {
      const json = this.#get.get(tagsKey)?.['json']
      this.#known = readTagRules(typeof json === 'string' ? json : null)
      return this.#known
    } catch {
      return defaultTagRules
    }
  }

  /** Read anew the next time: a setting was written, or a write was undone. */
  changed(): void {
    this.#known = null
  }
}
