/** Owns: what each listener will work by, worked out before any of them is touched: users, limits, TLS, notices. */
import type { Hashes } from '#shared/smtp/machine/options.ts'
import { offeredMechanisms } from '#shared/smtp/machine/server/announce.ts'
import type { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import type { CertificateDesk } from './certificateDesk.ts'
import type { Prepared } from './listeners.ts'
import type { Relaying } from './relaying.ts'
import { relayNotices, relayProblem, relayRules } from './relayRules.ts'
import { ruleNotices } from './ruleNotices.ts'
import { limitsOf, type SessionRules, sessionRules } from './rules.ts'
import type { Rules } from './settings.ts'
import type { TlsContexts } from './tlsContexts.ts'

export interface PrepareOptions {
  desk: Pick<CertificateDesk, 'identity'>
  contexts: Pick<TlsContexts, 'for'>
  hashes: Hashes
  now: () => Date
  relaying?: Relaying | undefined
}

type Ready = ReadonlyMap<ListenerConfig, Prepared | string>

/** By the very objects of `rules.listeners`; those that are off are left out. */
export async function prepareAll(rules: Rules, options: PrepareOptions): Promise<Ready> {
  const { hashes, now, relaying } = options
  const { tokens = [] } = rules
  const users = createAccounts(rules.accounts, hashes, { tokens, now })
  const anybody = createAccounts([], hashes, { now })
  const ready = new Map<ListenerConfig, Prepared | string>()
  for (const config of rules.listeners) {
    if (config.enabled === false) continue
    const accounts = config.anyPassword === true ? anybody : users
    ready.set(
      config,
      config.relay === true
        ? await prepareRelay(config, rules, relaying, options)
        : await prepare(config, rules, accounts, options),
    )
  }
  return ready
}

/** Its users are the relay's and nobody else: neither the server's own, nor anybody with any password. */
async function prepareRelay(
  config: ListenerConfig,
  rules: Rules,
  relaying: Relaying | undefined,
  options: PrepareOptions,
): Promise<Prepared | string> {
  const problem = relayProblem(config, relaying)
  if (problem !== null || relaying === undefined) return problem ?? ''
  const prepared = await prepare(config, rules, relaying.accounts, options)
  if (typeof prepared === 'string') return prepared
  const notices = [...prepared.notices, ...relayNotices(config), ...relaying.notices(config)]
  return { ...prepared, rules: relayRules(prepared.rules, relaying), notices }
}

async function prepare(
  config: ListenerConfig,
  rules: Rules,
  accounts: Accounts,
  { desk, contexts }: PrepareOptions,
): Promise<Prepared | string> {
  const said = ruleNotices(config, limitsOf(config, rules.limits))
  if (config.tls === 'plain') {
    const made = sessionRules(config, rules, accounts, null)
    return {
      rules: made,
      notices: [...said, ...unusable(config, made)],
      authImpossible: isUnusable(config, made),
    }
  }
  const identity = await desk.identity(config, rules.name)
  if (typeof identity === 'string') return identity
  const tls = await contexts.for(config, identity)
  if (typeof tls === 'string') return tls
  const { versions } = tls
  const made = { ...sessionRules(config, rules, accounts, tls.context), versions }
  const notices = [...said, ...unusable(config, made), ...tls.notices]
  return { rules: made, notices, versions, authImpossible: isUnusable(config, made) }
}

/** AUTH that cannot be offered: of what the listener names, nothing works with these users, tokens and TLS. */
const isUnusable = ({ auth, tls }: ListenerConfig, { machine }: SessionRules): boolean =>
  auth !== 'off' && offeredMechanisms(machine, tls !== 'plain').length === 0

function unusable(config: ListenerConfig, rules: SessionRules): string[] {
  const { auth, relay = false } = config
  // A relay's rules say themselves who can sign in.
  if (relay || !isUnusable(config, rules)) return []
  const so = auth === 'required' ? 'nobody can send' : 'AUTH is not offered'
  return [
    `None of its mechanisms can work here, so that ${so}: SCRAM needs users, tokens need tokens, EXTERNAL a client certificate, and -PLUS TLS.`,
  ]
}

/** Milliseconds of the shortest limit on time that any session has. */
export function shortestTime({ limits, listeners }: Rules): number {
  const all = [limits, ...listeners.map((listener) => limitsOf(listener, limits))]
  return Math.min(...all.flatMap(({ idle, session }) => [idle, session]))
}
