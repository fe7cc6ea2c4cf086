/** Owns: what is asked before a run whose password others could read: once for each connection, so it is said how often. */
import { connectionsOf } from '#renderer/model/many.ts'
import type { SecretRisk } from '#renderer/model/composeRequest.ts'
import { isLoopback } from '#renderer/model/hosts.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { useMany } from './useMany.ts'

export function ManyConsent({ host, risk }: { host: string; risk: SecretRisk }) {
  const connections = useMany(({ form }) => connectionsOf(form))
  const often = connections > 1 ? `on each connection, ${connections} at once` : 'on its connection'
  if (risk === 'unverified')
    return (
      <Banner tone="warn" live="alert" title="Send the password to a server nobody vouches for?">
        The certificate proves nothing: whoever sits in between could pose as {host} and read the password,{' '}
        {often}.
      </Banner>
    )
  return (
    <Banner tone="open" live="alert" title="Send the password in the clear?">
      {isLoopback(host)
        ? 'Nothing leaves this computer, but its programs with enough rights could read it'
        : 'Anyone between you and the server could read it'}
      , {often}. With encryption from the start or STARTTLS required nobody can.
    </Banner>
  )
}
