/** Owns: who is asked for a host's addresses: the system, or the name server that a plan names. */
import type { DialoguePlan } from '#shared/rpc/contract/dialogue.ts'
import { openResolver } from '#engine/dns/resolver.ts'
import { defaultConnectTimeout } from './dialer.ts'
import type { Lookup } from './resolve.ts'

/** Undefined for the system. The name server has been checked: what is none is left to the system all the same. */
export function lookupOf({ target }: Pick<DialoguePlan, 'target'>, signal?: AbortSignal): Lookup | undefined {
  if (target.resolver === undefined) return undefined
  const timeout = target.timeouts.lookUp ?? target.timeouts.connect ?? defaultConnectTimeout
  const opened = openResolver({ server: target.resolver, validating: false }, { timeout, signal })
  return opened.ok ? opened.resolver.lookup : undefined
}
