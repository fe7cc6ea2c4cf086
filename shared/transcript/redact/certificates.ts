/** Owns: what of a certificate tells whose it is, and a copy without it. */
import type { Certificate } from '../event.ts'
import { ipFamily } from './ip.ts'
import { scanNames } from './scan.ts'
import type { Things } from './things.ts'

interface Part {
  /** With the `=`. */
  key: string
  value: string
}

/** Parts of `C=US, O=Corp, CN=mx.corp.com`; a comma inside a value that no `key=` follows belongs to the value. */
const partsOf = (name: string): Part[] =>
  name.split(/(?:, |\+)(?=[A-Za-z][A-Za-z0-9.]{0,40}=)/).map((part) => {
    const equals = part.indexOf('=') + 1
    return { key: part.slice(0, equals), value: part.slice(equals) }
  })

/** A country tells too little to hide, and readers of a ticket want to know that there is one. */
const stays = ({ key }: Part): boolean => key === 'C='
const isName = (value: string): boolean =>
  value.includes('@') ||
  ipFamily(value) !== null ||
  scanNames(value)[0]?.length === value.replace(/^\*\./, '').length

export function collectCertificate(
  certificate: Certificate,
  things: Things,
  scan: (text: string) => void,
): void {
  for (const part of [...partsOf(certificate.subject), ...partsOf(certificate.issuer)]) {
    scan(part.value)
    if (!stays(part) && !isName(part.value)) things.word(part.value)
  }
  for (const name of certificate.names) {
    scan(name)
    const { type, value } = typed(name)
    if (type === 'DNS:' || type === 'IP:') things.host(value.replace(/^\*\./, ''))
    else if (type !== 'email:') things.word(value)
  }
  things.print(certificate.serial)
  things.print(certificate.fingerprint256)
}

function typed(name: string): { type: string; value: string } {
  const colon = name.indexOf(':') + 1
  return { type: name.slice(0, colon), value: name.slice(colon) }
}

/** `replace` is for what has the form of a name or an address. */
export function redactCertificate(
  certificate: Certificate,
  things: Things,
  replace: (text: string) => string,
): Certificate {
  const line = (name: string): string =>
    partsOf(name).map((part) => part.key + (stays(part) || isName(part.value) ? replace(part.value) : things.standInOfWord(part.value))).join(', ')
  const altName = (name: string): string => {
    const { type, value } = typed(name)
    return ['DNS:', 'IP:', 'email:'].includes(type) ? type + replace(value) : type + things.standInOfWord(value)
  }
  return {
    ...certificate,
    subject: line(certificate.subject),
    issuer: line(certificate.issuer),
    names: certificate.names.map(altName),
    serial: things.standInOfPrint(certificate.serial),
    fingerprint256: things.standInOfPrint(certificate.fingerprint256),
  }
} // prettier-ignore
