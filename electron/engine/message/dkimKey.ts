/** Owns: making a key for DKIM on this computer and the DNS record that publishes it (RFC 6376 §3.6.1, RFC 8463). */
import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { promisify } from 'node:util'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { parseDomain } from '#shared/smtp/grammar/domain.ts'
import { type Checked, problemOf } from './problems.ts'

const generate = promisify(generateKeyPair)

/** Octets of one string of a TXT record (RFC 1035 §3.3.14). */
const longestString = 255

export interface DkimRecord {
  name: string
  value: string
  strings: string[]
}

/** Domain and selector as A-labels; `prefix` is where the problems' fields are. */
export function dkimName(
  prefix: string,
  domain: string,
  selector: string,
): Checked<{ domain: string; selector: string }> {
  const problems: FieldProblem[] = []
  const name = (field: string, typed: string, example: string): string => {
    const read = parseDomain(typed)
    const ascii = read.ok ? domainToASCII(typed) : ''
    if (read.ok && parseDomain(ascii).ok) return ascii
    const why = read.ok ? 'cannot be written in A-labels' : read.problem.expected
    problems.push(
      problemOf(`${prefix}${field}`, typed, `is not right: ${why}. Write one such as ${example}.`),
    )
    return ''
  }
  const value = {
    domain: name('domain', domain, 'example.com'),
    selector: name('selector', selector, 'test'),
  }
  if (problems.length === 0 && `${value.selector}._domainkey.${value.domain}`.length > 253)
    problems.push(
      problemOf(
        `${prefix}selector`,
        selector,
        'makes a name of more than 253 octets with its domain; shorten it.',
      ),
    )
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value }
}

/** The TXT record of a key, private or public. Names have passed `dkimName`. */
export function dkimRecord(domain: string, selector: string, key: KeyObject): DkimRecord {
  const open = key.type === 'private' ? createPublicKey(key) : key
  const ed25519 = open.asymmetricKeyType === 'ed25519'
  // RSA is published as SubjectPublicKeyInfo, Ed25519 as its 32 octets (RFC 6376 §3.6.1, RFC 8463 §4).
  const octets = ed25519
    ? Buffer.from(open.export({ format: 'jwk' }).x ?? '', 'base64url')
    : open.export({ format: 'der', type: 'spki' })
  const value = `v=DKIM1; k=${ed25519 ? 'ed25519' : 'rsa'}; p=${octets.toString('base64')}`
  return { name: `${selector}._domainkey.${domain}`, value, strings: splitRecord(value) }
}

export function splitRecord(value: string): string[] {
  const strings: string[] = []
  for (let at = 0; at < value.length; at += longestString) strings.push(value.slice(at, at + longestString))
  return strings
}

/** A new key, PEM (PKCS #8), and its record. */
export async function makeDkimKey(asked: {
  domain: string
  selector: string
  bits: 1024 | 2048
  kind: 'rsa' | 'ed25519'
}): Promise<Checked<{ privateKey: string; record: DkimRecord }>> {
  const names = dkimName('', asked.domain, asked.selector)
  if (!names.ok) return names
  const { privateKey } =
    asked.kind === 'ed25519'
      ? await generate('ed25519')
      : await generate('rsa', { modulusLength: asked.bits })
  const record = dkimRecord(names.value.domain, names.value.selector, privateKey)
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return { ok: true, value: { privateKey: pem, record } }
}
