/**
 * Owns: SCRAM-SHA-1 (RFC 5802) and SCRAM-SHA-256 (RFC 7677), with and without channel binding, both ends. The password
 * does not travel; the server shows that it knows it too. Keys are derived outside: see `derive` in mechanism.ts.
 */
import { concat, toBase64, utf8 } from '../../bytes/bytes.ts'
import { credentialProblem } from './credentials.ts'
import type {
  ClientMechanism,
  ClientStep,
  ClientSurroundings,
  Credentials,
  Hashes,
  Response,
  ScramKeys,
  ServerMechanism,
  ServerStep,
  ServerSurroundings,
} from './mechanism.ts'
import { saslprep } from './saslprep.ts'
import {
  expectedSignature,
  hashOf,
  isPlus,
  proofOf,
  provesPassword,
  sameOctets,
  type ScramName,
  signatureOf,
} from './scramKeys.ts'
import {
  type ClientFirst,
  encodeName,
  readClientFinal,
  readClientFirst,
  readServerFinal,
  readServerFirst,
} from './scramMessages.ts'

const secret = (text: string): Response => ({ bytes: utf8(text), secret: true })

/** RFC 5802 §5.1: user name and password are prepared (RFC 4013). */
function prepared(name: ScramName, field: string, text: string): string {
  const made = saslprep(text)
  if (!made.ok) throw new RangeError(`${name}: the ${field} ${made.message}`)
  return made.text
}

/**
 * RFC 5802 §6: `p` binds; `y` says that this client could and saw no -PLUS, so that a server that did offer it notices
 * who took it away; `n` says nothing.
 */
function headerOf(name: ScramName, { binding, plusOffered }: ClientSurroundings): string {
  if (!isPlus(name)) return binding !== null && !plusOffered ? 'y,,' : 'n,,'
  if (binding === null) throw new RangeError(`${name}: this connection has no channel binding`)
  return `p=${binding.type},,`
}

export function scramClient(
  name: ScramName,
  credentials: Credentials,
  hashes: Hashes,
  surroundings: ClientSurroundings,
): ClientMechanism {
  credentialProblem(name, credentials, /\0/)
  const user = prepared(name, 'user name', credentials.user)
  const password = prepared(name, 'password', credentials.password)
  const header = headerOf(name, surroundings)
  const data = isPlus(name) ? surroundings.binding!.data : new Uint8Array(0)
  return new ScramClient(name, { user, password, header, data }, hashes)
}

interface Own {
  user: string
  password: string
  header: string
  /** Octets of the channel binding. */
  data: Uint8Array
}

class ScramClient implements ClientMechanism {
  readonly name: ScramName
  readonly #own: Own
  readonly #hashes: Hashes
  readonly #nonce: string
  #at: 'first' | 'deriving' | 'final' | 'done' = 'first'
  #serverFirst: Uint8Array = new Uint8Array(0)
  #nonces = ''
  #wanted: Uint8Array | null = null

  constructor(name: ScramName, own: Own, hashes: Hashes) {
    this.name = name
    this.#own = own
    this.#hashes = hashes
    this.#nonce = hashes.nonce()
  }

  start(): Response {
    return secret(this.#own.header + this.#bare)
  }

  step(challenge: Uint8Array): ClientStep {
    if (this.#at === 'first') return this.#first(challenge)
    if (this.#at === 'final') return this.#final(challenge)
    return { type: 'fail', message: 'the server asks once more than SCRAM does' }
  }

  derived(salted: Uint8Array): ClientStep {
    if (this.#at !== 'deriving') return { type: 'fail', message: 'SCRAM asked for no key' }
    this.#at = 'final'
    const { header, data } = this.#own
    const binding = toBase64(concat([utf8(header), data]))
    const withoutProof = `c=${binding},r=${this.#nonces}`
    const message = concat([utf8(`${this.#bare},`), this.#serverFirst, utf8(`,${withoutProof}`)])
    const hash = hashOf(this.name)
    this.#wanted = expectedSignature(salted, message, hash, this.#hashes)
    const proof = toBase64(proofOf(salted, message, hash, this.#hashes))
    const proofs = [proof, toBase64(this.#wanted)]
    return { type: 'respond', response: { ...secret(`${withoutProof},p=${proof}`), proofs } }
  }

  doubt(): string | null {
    return this.#at === 'done'
      ? null
      : 'the server let the client in without proving that it knows the password'
  }

  get #bare(): string {
    return `n=${encodeName(this.#own.user)},r=${this.#nonce}`
  }

  #first(challenge: Uint8Array): ClientStep {
    const read = readServerFirst(challenge, this.#nonce)
    if (!read.ok) return { type: 'fail', message: read.message }
    this.#at = 'deriving'
    this.#serverFirst = challenge
    this.#nonces = read.nonce
    const { salt, iterations } = read
    const password = utf8(this.#own.password)
    return { type: 'derive', derivation: { hash: hashOf(this.name), password, salt, iterations } }
  }

  #final(challenge: Uint8Array): ClientStep {
    const read = readServerFinal(challenge)
    if (read === null)
      return { type: 'fail', message: 'the last message of SCRAM is neither a proof nor an error' }
    if ('error' in read) return refusal(read.error)
    if (!sameOctets(read.verifier, this.#wanted!))
      return {
        type: 'fail',
        why: 'unproven',
        message: 'the server’s proof is wrong: it does not know the password',
      }
    this.#at = 'done'
    return { type: 'respond', response: { bytes: new Uint8Array(0), secret: false } }
  }
}

const bindingErrors = ['server-does-support-channel-binding', 'channel-bindings-dont-match']

const refusal = (error: string): ClientStep => ({
  type: 'fail',
  why: bindingErrors.includes(error) ? 'binding' : 'refused',
  message: `the server refused inside the exchange with “${error}”`,
})

export const scramServer = (
  name: ScramName,
  hashes: Hashes,
  surroundings: ServerSurroundings,
): ServerMechanism => new ScramServer(name, hashes, surroundings)

const ill = (message: string): ServerStep => ({ type: 'fail', message })
const binding = (message: string): ServerStep => ({ type: 'refuse', why: 'binding', message })

class ScramServer implements ServerMechanism {
  readonly name: ScramName
  readonly #hashes: Hashes
  readonly #surroundings: ServerSurroundings
  #at: 'first' | 'asking' | 'final' | 'proven' = 'first'
  #client: ClientFirst | null = null
  #keys: ScramKeys | null = null
  #serverFirst = ''
  #nonce = ''

  constructor(name: ScramName, hashes: Hashes, surroundings: ServerSurroundings) {
    this.name = name
    this.#hashes = hashes
    this.#surroundings = surroundings
  }

  start(initial: Uint8Array | null): ServerStep {
    return initial === null ? { type: 'challenge', bytes: new Uint8Array(0) } : this.step(initial)
  }

  step(response: Uint8Array): ServerStep {
    if (this.#at === 'first') return this.#first(response)
    if (this.#at === 'final') return this.#final(response)
    if (this.#at === 'asking' || response.length > 0)
      return ill(`${this.name}: answer the server’s proof with an empty line`)
    return { type: 'identify', question: { kind: 'proven', mechanism: this.name, user: this.#client!.user } }
  }

  keys(keys: ScramKeys): ServerStep {
    this.#at = 'final'
    this.#keys = keys
    this.#nonce = this.#client!.nonce + this.#hashes.nonce()
    this.#serverFirst = `r=${this.#nonce},s=${toBase64(keys.salt)},i=${keys.iterations}`
    return { type: 'challenge', bytes: utf8(this.#serverFirst) }
  }

  #first(response: Uint8Array): ServerStep {
    const read = readClientFirst(response)
    if (read === null)
      return ill(`${this.name}: write the header, then n=user and r=nonce (RFC 5802 section 7)`)
    const problem = this.#headerProblem(read)
    if (problem !== null) return problem
    // Acting for somebody else needs a right that no policy here can grant.
    if (read.authzid !== '' && read.authzid !== read.user)
      return ill(`${this.name}: an authorization identity other than the user is not supported`)
    const user = saslprep(read.user)
    if (!user.ok) return ill(`${this.name}: the user name ${user.message}`)
    this.#client = { ...read, user: user.text }
    this.#at = 'asking'
    const question = {
      kind: 'scram-keys',
      mechanism: this.name,
      hash: hashOf(this.name),
      user: user.text,
    } as const
    return { type: 'identify', question }
  }

  #headerProblem({ flag, type }: ClientFirst): ServerStep | null {
    if (isPlus(this.name)) {
      if (flag !== 'p') return ill(`${this.name}: the header has to begin with p= and a kind of binding`)
      if (type === null || this.#surroundings.binding(type) === null)
        return ill(`${this.name}: this kind of channel binding cannot be had on this connection`)
      return null
    }
    if (flag === 'p') return ill(`${this.name}: a channel binding belongs to ${this.name}-PLUS`)
    if (flag === 'y' && this.#surroundings.plusOffered)
      return binding('The client saw no mechanism ending in -PLUS, but this server offers one')
    return null
  }

  #final(response: Uint8Array): ServerStep {
    const read = readClientFinal(response)
    const client = this.#client!
    if (read === null) return ill(`${this.name}: write c=, r= and p= (RFC 5802 section 7)`)
    if (read.nonce !== this.#nonce) return ill(`${this.name}: the nonce is not the one of this exchange`)
    const data = client.flag === 'p' ? this.#surroundings.binding(client.type!) : new Uint8Array(0)
    if (data === null || !sameOctets(read.binding, concat([utf8(client.header), data])))
      return binding('The channel binding of the client is not the one of this TLS connection')
    const hash = hashOf(this.name)
    const message = utf8(`${client.bare},${this.#serverFirst},${read.withoutProof}`)
    if (!provesPassword(read.proof, this.#keys!, message, hash, this.#hashes))
      return { type: 'refuse', why: 'proof', message: 'Wrong user name or password' }
    this.#at = 'proven'
    const proof = toBase64(signatureOf(this.#keys!.serverKey, message, hash, this.#hashes))
    return { type: 'challenge', bytes: utf8(`v=${proof}`), secret: true }
  }
}
