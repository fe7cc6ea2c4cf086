/**
 * Owns: whether a cipher list in OpenSSL's notation can be used by this computer's TLS library, element by element: the
 * library itself passes over what it does not know, and a misspelt name would go unseen.
 */
import { createSecureContext } from 'node:tls'

/** Elements of one list that are tried. */
const most = 200
const element = /^[!+-]?[A-Za-z0-9_+=.-]+$/
const command = /^@(?:STRENGTH|SECLEVEL=[0-5])$/
/** What takes away or moves may name what the library does not have. */
const takesAway = /^[!+-]/

/** What is wrong and what would be right, to stand behind the value; null when nothing is. */
export function cipherProblem(list: string): string | null {
  const elements = elementsOf(list)
  if (elements.length === 0) return 'names no cipher; write as ECDHE+AESGCM:!aNULL'
  if (elements.length > most) return `has more than ${most} elements`
  const odd = elements.find((one) => !element.test(one) && !command.test(one))
  if (odd !== undefined)
    return `has ${JSON.stringify(odd.slice(0, 60))}, which is no cipher name; write as ECDHE+AESGCM:!aNULL`
  const unknown = elements.find((one) => !takesAway.test(one) && !one.startsWith('@') && !isKnown(one))
  if (unknown !== undefined)
    return `has ${unknown.slice(0, 60)}, which this computer's TLS library does not know or cannot use`
  return isKnown(inColons(list)) ? null : 'leaves no cipher that can be used; take an exclusion away'
}

/** OpenSSL takes commas, spaces and `DEFAULT@SECLEVEL=0` too, but Node finds the suites of TLS 1.3 by colons alone. */
export const inColons = (list: string): string => elementsOf(list).join(':')

const elementsOf = (list: string): string[] => list.split(/[:, ]+|(?=@)/).filter((one) => one !== '')

function isKnown(list: string): boolean {
  try {
    createSecureContext({ ciphers: list })
    return true
  } catch {
    return false
  }
}
