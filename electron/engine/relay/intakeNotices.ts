/**
 * Owns: what is worth knowing of the relay's rules at one listener, in sentences: that nobody can relay, that users cannot
 * sign in there, that a source is asked for what the listener does not have. Pure.
 */
import type { RelayDoor } from '../server/relaying.ts'
import { passwordOf } from './intakeAccounts.ts'
import type { RelayRulesNow } from './types.ts'

type Rules = Pick<RelayRulesNow, 'policy' | 'secrets'>

/** Names that a sentence has. */
const mostNamed = 5

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed)
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ')
}

const verb = (names: readonly string[], one: string, many: string): string =>
  names.length === 1 ? one : many

export function relayNotices(rules: Rules, door: RelayDoor): string[] {
  const { users } = rules.policy
  const named = (method: string) => users.filter((user) => user.method === method)
  const withPassword = named('password').filter((user) => passwordOf(rules, user) !== null)
  const byCertificate = named('certificate').map(({ name }) => name)
  return [
    ...nobody(rules, withPassword.length + byCertificate.length > 0),
    ...lacking(rules),
    ...doorNotices(rules, door, withPassword.length > 0, byCertificate),
    ...sourceNotices(rules, door),
  ]
}

function nobody({ policy }: Rules, somebodySignsIn: boolean): string[] {
  if (somebodySignsIn || mayComeWithout(policy)) return []
  return [
    'No rule lets anybody relay here, so every recipient is refused. Add a user, a relay domain, a relay address, or a source with always-allow-relaying.',
  ]
}

function lacking(rules: Rules): string[] {
  const { users } = rules.policy
  const lost = users.filter((user) => user.method === 'password' && passwordOf(rules, user) === null)
  const names = lost.map(({ name }) => name)
  const system = users.filter(({ method }) => method === 'system').map(({ name }) => name)
  return [
    ...(names.length === 0 ? [] : [`${listed(names)} ${verb(names, 'has', 'have')} no saved password and cannot sign in; give one.`]),
    ...(system.length === 0 ? [] : [`Accounts of the operating system cannot be asked here: ${listed(system)} cannot sign in. Give a password instead.`]),
  ]
} // prettier-ignore

const mayComeWithout = ({ relayDomains, relayAddresses, sources }: RelayRulesNow['policy']): boolean =>
  relayDomains.length + relayAddresses.length > 0 ||
  sources.some(({ alwaysAllowRelaying }) => alwaysAllowRelaying === true)

function doorNotices(
  { policy }: Rules,
  { tls, auth, authOnlyAfterTls, clientCertificate = 'off' }: RelayDoor,
  passwords: boolean,
  certificates: readonly string[],
): string[] {
  if (!passwords && certificates.length === 0)
    return auth === 'required' ? ['AUTH is required at this listener, and the relay has no user who can sign in: nobody can send.'] : [] // prettier-ignore
  if (auth === 'off') return ['AUTH is off at this listener: users of the relay cannot sign in here.']
  const notices: string[] = []
  if (auth === 'required' && mayComeWithout(policy))
    notices.push('AUTH is required at this listener, also of clients and for recipients that the rules let pass without.') // prettier-ignore
  const inClear = policy.sources.some(({ requireStarttlsBeforeAuth }) => requireStarttlsBeforeAuth === false)
  // Where the listener itself asks for TLS first it says so itself.
  if (passwords && tls === 'plain' && !inClear && !authOnlyAfterTls)
    notices.push('Users may sign in over TLS only, and this listener has none: nobody can sign in here.')
  if (certificates.length > 0 && (tls === 'plain' || clientCertificate === 'off'))
    notices.push(`${listed(certificates)} ${verb(certificates, 'signs', 'sign')} in with a certificate, and this listener asks nobody for one.`) // prettier-ignore
  return notices
}

function sourceNotices({ policy }: Rules, { tls }: RelayDoor): string[] {
  const { sources } = policy
  const sealed = sources.filter(({ requireStarttls }) => requireStarttls === true).map(({ match }) => match)
  const clear = sources.filter(({ allowStarttls }) => allowStarttls === false).map(({ match }) => match)
  return [
    ...(tls === 'plain' && sealed.length > 0 ? [`Clients in ${listed(sealed)} must use STARTTLS, and this listener has none: their recipients are refused.`] : []),
    ...(tls === 'starttls-required' && clear.length > 0 ? [`This listener asks everybody for STARTTLS, also clients in ${listed(clear)}, who by the rules are not to be offered it.`] : []),
  ]
} // prettier-ignore
