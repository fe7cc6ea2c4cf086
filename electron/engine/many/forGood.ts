/** Owns: which findings before the first message would be met by every further connection of a run in the same way. */

const phases = /^(?:certificate|auth|starttls)-/
/** A busy server, or one that lost patience: the next connection may fare better. */
const passing = new Set([
  'auth-temporary',
  'auth-too-many',
  'auth-closed',
  'starttls-closed',
  'starttls-refused',
])
const others = new Set(['port-speaks-plain', 'port-speaks-implicit-tls', 'banner-not-smtp', 'dns-name-not-found', 'size-exceeded', 'utf8-not-supported', 'extension-missing']) // prettier-ignore

/** `code`: of a finding. */
export const isForGood = (code: string): boolean =>
  others.has(code) || (phases.test(code) && !passing.has(code))
