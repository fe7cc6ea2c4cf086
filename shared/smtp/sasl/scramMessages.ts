/**
 * Owns: the messages of SCRAM (RFC 5802 §5 and §7) as text: reading each of the four, bounded, and never believing an
 * extension that it does not know (`m=`, §5.1).
 */
import { fromBase64, fromUtf8 } from '../../bytes/bytes.ts'
import { bindingTypes, type BindingType } from './mechanism.ts'

/** RFC 7677 §4 asks for 4096 at least. More than the upper bound would only keep this computer busy. */
export const iterationBounds = { least: 4096, most: 1_000_000 } as const

const longest = 8192
const nonceForm = /^[\x21-\x2b\x2d-\x7e]{1,1024}$/
/** RFC 5802 §5.1, saslname: `,` and `=` would end or begin a field. */
export const encodeName = (name: string): string => name.replace(/=/g, '=3D').replace(/,/g, '=2C')

/** Null for a name with any other `=`. */
export function decodeName(text: string): string | null {
  if (/=(?!2C|3D)/.test(text)) return null
  return text.replace(/=2C/g, ',').replace(/=3D/g, '=')
}

/** Fields of a message in order, or null when it is none or begins with an extension that must be understood. */
function fieldsOf(bytes: Uint8Array): string[] | null {
  if (bytes.length === 0 || bytes.length > longest) return null
  const fields = fromUtf8(bytes)?.split(',') ?? []
  return fields.length > 0 && fields.length <= 20 ? fields : null
}

const valueOf = (field: string | undefined, name: string): string | null =>
  field?.startsWith(`${name}=`) === true ? field.slice(2) : null

export type ServerFirst =
  { ok: true; nonce: string; salt: Uint8Array; iterations: number } | { ok: false; message: string }

const no = (message: string): { ok: false; message: string } => ({ ok: false, message })

/** `r=…,s=…,i=…`; the nonce must go on from the client's own, or somebody replays an old exchange. */
export function readServerFirst(bytes: Uint8Array, clientNonce: string): ServerFirst {
  const fields = fieldsOf(bytes) ?? []
  if (fields[0]?.startsWith('m=') === true)
    return no('the server asks for an extension of SCRAM that nobody knows')
  const nonce = valueOf(fields[0], 'r')
  const salt = fromBase64(valueOf(fields[1], 's') ?? '')
  const count = valueOf(fields[2], 'i')
  if (nonce === null || salt === null || salt.length === 0 || count === null || !/^[1-9]\d{0,9}$/.test(count))
    return no('the challenge of SCRAM has not its three fields: nonce, salt, number of rounds')
  // How much a server adds is its own affair (§5.1, and §7 as erratum 2651 has it): against a replay ours protects us.
  if (!nonceForm.test(nonce) || !nonce.startsWith(clientNonce))
    return no('the nonce of the server does not go on from the one of the client')
  if (nonce === clientNonce) return no('the server added nothing to the nonce of the client')
  const iterations = Number(count)
  const { least, most } = iterationBounds
  if (iterations < least)
    return no(
      `the server asks for ${iterations} rounds; fewer than ${least} make guessing cheap (RFC 7677 §4)`,
    )
  if (iterations > most)
    return no(
      `the server asks for ${iterations} rounds; more than ${most} would only keep this computer busy`,
    )
  return { ok: true, nonce, salt, iterations }
}

/** `v=…` or `e=…`; null when it is neither. */
export function readServerFinal(bytes: Uint8Array): { verifier: Uint8Array } | { error: string } | null {
  const first = fieldsOf(bytes)?.[0]
  const error = valueOf(first, 'e')
  if (error !== null) return { error: error.replace(/[^a-z0-9-]/gi, '?').slice(0, 60) }
  const verifier = fromBase64(valueOf(first, 'v') ?? '')
  return verifier === null || verifier.length === 0 ? null : { verifier }
}

export interface ClientFirst {
  /** `n`: no binding; `y`: the client could bind and believes that the server cannot; `p`: it binds. */
  flag: 'n' | 'y' | 'p'
  /** For `p`; null for a type that nobody here knows. */
  type: BindingType | null
  authzid: string
  /** The header as it was sent, its second comma included. */
  header: string
  bare: string
  user: string
  nonce: string
}

const gs2 = /^(?:([ny])|p=([A-Za-z0-9.-]{1,60})),(?:a=([^,]{1,1024}))?,/

/** Null when it is ill-formed. */
export function readClientFirst(bytes: Uint8Array): ClientFirst | null {
  const text = bytes.length > longest ? null : fromUtf8(bytes)
  const match = text === null ? null : gs2.exec(text)
  if (text === null || match === null) return null
  const [header, plain, named, encoded = ''] = match
  const bare = text.slice(header.length)
  const [name, nonceField] = bare.split(',')
  const user = decodeName(valueOf(name, 'n') ?? '')
  const nonce = valueOf(nonceField, 'r') ?? ''
  const authzid = decodeName(encoded)
  if (!user || authzid === null || !nonceForm.test(nonce)) return null
  const type = bindingTypes.find((known) => known === named) ?? null
  const flag = plain === 'n' || plain === 'y' ? plain : 'p'
  return { flag, type, authzid, header, bare, user, nonce }
}

export interface ClientFinal {
  /** Header of the client's first message and, after `p`, the binding's octets. */
  binding: Uint8Array
  nonce: string
  proof: Uint8Array
  withoutProof: string
}

/** Null when it is ill-formed. */
export function readClientFinal(bytes: Uint8Array): ClientFinal | null {
  const fields = fieldsOf(bytes)
  if (fields === null || fields.length < 3) return null
  const binding = fromBase64(valueOf(fields[0], 'c') ?? '')
  const nonce = valueOf(fields[1], 'r')
  const proof = fromBase64(valueOf(fields.at(-1), 'p') ?? '')
  if (binding === null || nonce === null || proof === null) return null
  return { binding, nonce, proof, withoutProof: fields.slice(0, -1).join(',') }
}
