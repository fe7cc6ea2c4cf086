/**
 * Owns: who may sign in at the relay: its users with a saved password, and those whom a client certificate stands for. Where
 * the policy has no users nobody can, unlike a listener that keeps what it gets, where any password would be right then.
 */
import { randomBytes } from 'node:crypto'
import type { RelayUser } from '#shared/relay/policy.ts'
import type { Hashes } from '#shared/smtp/machine/options.ts'
import { type Account, type Accounts, createAccounts } from '../server/accounts.ts'
import type { RelayRulesNow } from './types.ts'

type Of = Pick<RelayRulesNow, 'policy' | 'secrets'>

/** The password of a user who signs in with one; null when none is saved, or the user signs in otherwise. */
export const passwordOf = ({ secrets }: Pick<Of, 'secrets'>, { name, method }: RelayUser): string | null =>
  method === 'password' ? (secrets.get(`user ${name}`) ?? null) : null

/** With no user at all every password would be right: this one nobody can name, and none is right for it. */
const nobody = (): Account => ({ user: randomBytes(24).toString('hex'), password: null })

/** A user of method `certificate` has no password here, and one of method `password` is no name of a certificate. */
export function relayAccounts({ policy, secrets }: Of, hashes: Hashes): Accounts {
  const byPassword = policy.users.flatMap((user): Account[] => {
    const password = passwordOf({ secrets }, user)
    return password === null ? [] : [{ user: user.name, password }]
  })
  const byCertificate = policy.users.flatMap(({ name, method }): Account[] =>
    method === 'certificate' ? [{ user: name, password: null }] : [],
  )
  const passwords = createAccounts([...byPassword, nobody()], hashes)
  const certificates = createAccounts([...byCertificate, nobody()], hashes)
  return {
    ...passwords,
    names: byPassword.map(({ user }) => user),
    takesTokens: false,
    takesPasswords: byPassword.length > 0,
    takesCertificates: byCertificate.length > 0,
    token: () => ({ right: false, expired: false }),
    external: (wanted, identity) => certificates.external(wanted, identity),
  }
}
