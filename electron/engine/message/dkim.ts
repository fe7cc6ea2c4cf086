/**
 * Owns: signing a message with a key of the user's (RFC 6376, RFC 8463; made by mailauth). The key is judged before and
 * never shown: a problem names the field and what would be right.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { DkimSigning } from '#shared/rpc/contract/message.ts'
import { concat, utf8 } from '#shared/bytes/bytes.ts'
import { dkimName } from './dkimKey.ts'
import { type Checked, problemOf, refuse } from './problems.ts'
import { surveyMessage } from './survey.ts'

export interface Signer {
  domain: string
  selector: string
  key: KeyObject
  /** Lower case, `from` among them; absent: the usual set. */
  headers?: string[]
}

const keyField = 'message.dkim.privateKey'

/** What is needed to sign, or what is wrong with it. */
export function readSigner(dkim: DkimSigning): Checked<Signer> {
  const names = dkimName('message.dkim.', dkim.domain, dkim.selector)
  const key = readKey(dkim.privateKey)
  const wrong = (dkim.headers ?? []).filter((name) => !/^[!-9;-~]{1,76}$/u.test(name) || name.includes(';'))
  const headers = wrong.map((name) =>
    problemOf('message.dkim.headers', name, 'is not a field name; write one such as Subject.'),
  )
  if (!names.ok || !key.ok || headers.length > 0)
    return {
      ok: false,
      problems: [...(names.ok ? [] : names.problems), ...(key.ok ? [] : key.problems), ...headers],
    }
  const chosen = dkim.headers && [...new Set(['from', ...dkim.headers.map((name) => name.toLowerCase())])]
  return { ok: true, value: { ...names.value, key: key.value, ...(chosen ? { headers: chosen } : {}) } }
}

function readKey(pem: string): Checked<KeyObject> {
  const wrong = (message: string): Checked<KeyObject> =>
    refuse(keyField, pem === '' ? '' : '********', message)
  if (pem.trim() === '') return wrong('is empty; give the private key in PEM, or make one.')
  if (pem.length > 64 << 10) return wrong('is too long for a key; give one private key in PEM.')
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/u.test(pem))
    return wrong('is locked by a passphrase; give the key without one (openssl pkey -in key.pem).')
  if (/-----BEGIN PUBLIC KEY|-----BEGIN CERTIFICATE/u.test(pem))
    return wrong('is the public part; signing needs the private key.')
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    return wrong('cannot be read; give the private key in PEM, beginning with -----BEGIN PRIVATE KEY-----.')
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type !== 'rsa' && type !== 'ed25519')
    return wrong(`is a key of the kind ${type}; DKIM takes RSA and Ed25519 (RFC 8463).`)
  if (type === 'rsa' && (details?.modulusLength ?? 0) < 1024)
    return wrong(`has ${details?.modulusLength} bits; verifiers refuse RSA keys below 1024 (RFC 8301 §3.2).`)
  return { ok: true, value: key }
}

/** The message with its DKIM-Signature in front; `date` is when it is signed. */
export async function signMessage(
  bytes: Uint8Array,
  signer: Signer,
  date: Date,
): Promise<Checked<Uint8Array>> {
  const { bareLf, bareCr } = surveyMessage(bytes, Number.POSITIVE_INFINITY)
  if (bareLf + bareCr > 0)
    return refuse(
      'message.dkim',
      signer.domain,
      'cannot sign a message with line ends other than CRLF: servers change them, which breaks the signature (RFC 6376 §5.3). Mend the message, or send it unsigned.',
    )
  // Only who signs pays for loading it.
  const { dkimSign } = await import('mailauth/lib/dkim/sign')
  const { signatures, errors } = await dkimSign(Buffer.from(bytes), {
    canonicalization: 'relaxed/relaxed',
    signTime: date,
    strict: true,
    signingDomain: signer.domain,
    selector: signer.selector,
    privateKey: '',
    signatureData: [
      {
        signingDomain: signer.domain,
        selector: signer.selector,
        privateKey: signer.key.export({ format: 'pem', type: 'pkcs8' }),
        ...(signer.headers === undefined ? {} : { headerList: signer.headers }),
      },
    ],
  })
  if (signatures !== '' && (errors ?? []).length === 0)
    return { ok: true, value: concat([utf8(signatures), bytes]) }
  const why = errors?.[0]?.err.message ?? 'no reason was given'
  return refuse(
    'message.dkim',
    signer.domain,
    `could not sign (${why.slice(0, 200)}); check domain, selector and key.`,
  )
}
