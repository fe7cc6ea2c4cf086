/** Owns: the relay of the source articles, as their notation says it, made by hand: what parsing that text has to give. */
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'

export const articlesPolicy = (): RelayPolicy => ({
  ...emptyPolicy(),
  users: [{ name: 'foo', method: 'password' }],
  sources: [
    { match: '0/0', requireAuth: true, allowStarttls: true, requireStarttlsBeforeAuth: true },
    { match: '10.0.5.20', alwaysAllowRelaying: true },
  ],
  relayDomains: [{ domain: 'some.domain' }],
  relayAddresses: [{ pattern: 'bounce@bounce.yourdomain.com' }, { pattern: String.raw`/@foo(bar)?\.com$/` }],
})
