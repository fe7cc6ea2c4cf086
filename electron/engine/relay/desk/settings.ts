/** Owns: changing the relay's settings: what a change comes to, and what is wrong with it, by field. Pure. */
import { keptPassword } from '#shared/relay/notation/conceal.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Delivery, RelaySettings } from '#shared/rpc/contract/relay.ts'
import type { CallArguments } from '#shared/rpc/contract.ts'
import { readHost } from '../../dialogue/host.ts'
import { readServer } from '../../dns/server.ts'
import { problemOf } from '../../message/problems.ts'
import { hostSecret, type Kept } from './saved.ts'

export type SettingsChange = CallArguments<'relay.setSettings'>

const sameHost = (one: Delivery, other: Delivery): boolean =>
  one.to === 'host' &&
  other.to === 'host' &&
  one.host.toLowerCase() === other.host.toLowerCase() &&
  one.port === other.port &&
  one.tls === other.tls &&
  one.user === other.user

function changedSettings(before: RelaySettings, change: SettingsChange): RelaySettings {
  const { password: _, resolver, ...rest } = change
  const next: RelaySettings = { ...before }
  for (const [key, value] of Object.entries(rest))
    if (value !== undefined) Object.assign(next, { [key]: value })
  if (resolver === null) delete next.resolver
  else if (resolver !== undefined) next.resolver = resolver.trim()
  return next
}

/** A password was given for one host and user: it does not go along to another. */
function hostPassword({ settings, secrets }: Kept, next: RelaySettings, given: string | undefined): string | undefined {
  if (next.delivery.to !== 'host' || next.delivery.user === undefined) return undefined
  // A mask is what was shown for the one that is kept.
  if (given !== undefined && given !== keptPassword) return given
  return sameHost(settings.delivery, next.delivery) ? secrets.get(hostSecret) : undefined
} // prettier-ignore

function problemsOf(next: RelaySettings, password: string | undefined): FieldProblem[] {
  const problems: FieldProblem[] = []
  const { delivery, resolver } = next
  if (delivery.to === 'host') {
    const read = readHost(delivery.host)
    if (!read.ok) problems.push(problemOf('delivery.host', delivery.host, read.message))
    else if (!read.clean)
      problems.push(problemOf('delivery.host', delivery.host, `Write ${read.host} alone; the port has a field of its own.`)) // prettier-ignore
    if (delivery.user !== undefined && password === undefined)
      problems.push({ field: 'password', value: '', message: `${delivery.user} has no saved password for ${delivery.host}; give one` }) // prettier-ignore
  }
  const server = resolver === undefined ? undefined : readServer(resolver)
  if (server?.ok === false) problems.push(problemOf('resolver', resolver!, server.message))
  return problems
}

/** What is kept after the change, or all that is wrong with it. */
export function withSettings(
  kept: Kept,
  change: SettingsChange,
): { ok: true; kept: Kept } | { ok: false; problems: FieldProblem[] } {
  const settings = changedSettings(kept.settings, change)
  const password = hostPassword(kept, settings, change.password)
  const problems = problemsOf(settings, password)
  if (problems.length > 0) return { ok: false, problems }
  const secrets = new Map(kept.secrets)
  if (password === undefined) secrets.delete(hostSecret)
  else secrets.set(hostSecret, password)
  return { ok: true, kept: { ...kept, settings, secrets } }
}
