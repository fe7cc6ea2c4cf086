/**
 * Owns: whether a request has the right key. Without a key set, any key is right (a server to try clients against), but
 * there must be one.
 */
import type { Api } from './answers.ts'
import { SealedSecret } from './sealedSecret.ts'

/** Octets of an Authorization value that are looked at. */
const longest = 4096

export type Verdict =
  { ok: true; secret: string } | { ok: false; secret: string; message: string; challenge: string }

export class Credentials {
  readonly #wanted: SealedSecret | null

  /** `key` empty: any will do. */
  constructor(key: string) {
    this.#wanted = key === '' ? null : new SealedSecret(key)
  }

  /** `secret` is what was presented, for masking; it is in no message. */
  check(api: Api, authorization: string | undefined): Verdict {
    const given = (authorization ?? '').slice(0, longest)
    const found = api === 'form' ? basic(given) : keyOf(given)
    const challenge = api === 'form' ? 'Basic realm="messages"' : 'Key'
    const no = (message: string): Verdict => ({ ok: false, secret: found?.key ?? given, message, challenge })
    if (found === null || found.key === '') return no(missing[api])
    if (api === 'form' && found.user !== 'api')
      return no(
        'The user of the basic authentication is not right: it is always "api"; the key is its password.',
      )
    if (this.#wanted !== null && !this.#wanted.is(found.key))
      return no('The key is not right. It is the one set for the HTTP API of this server.')
    return { ok: true, secret: found.key }
  }
}

const missing: Record<Api, string> = {
  form: 'There is no key: send basic authentication with the user "api" and the key as password.',
  json: 'There is no key: send it as the value of the header field Authorization.',
}

/** RFC 7617 §2: base64 of user, colon, password. */
function basic(value: string): { user: string; key: string } | null {
  const found = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(value)
  if (found === null) return null
  const text = Buffer.from(found[1]!, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : { user: text.slice(0, colon), key: text.slice(colon + 1) }
}

/** The key alone, or as the user of basic authentication with an empty password, as that service takes it too. */
function keyOf(value: string): { user: string; key: string } {
  const pair = basic(value)
  if (pair !== null) return { user: '', key: pair.user === '' ? pair.key : pair.user }
  return { user: '', key: value.replace(/^Bearer +/i, '').trim() }
}
