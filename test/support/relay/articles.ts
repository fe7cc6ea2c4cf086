/** Owns: the relay of the source articles: their text, and by hand what reading it has to give, without its lines. */
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'

export const articlesText = String.raw`smtp-listener 0/0:25                      # all local addresses, port 25
smtp-listener 10.0.1.22:587
<smtp-user foo>
  password barbaz
  authentication-method password          # certificate (TLS) or system (operating-system user) are the others
</smtp-user>
<source 0/0>
  require-auth true
  allow-starttls true
  require-starttls-before-auth true       # credentials only over TLS
</source>
<source 10.0.5.20>
  always-allow-relaying yes
</source>
relay-domain some.domain
relay-address bounce@bounce.yourdomain.com
relay-address /@foo(bar)?\.com$/          # regular expression
smtp-server-tls-certificate /path/to/cert.pem
<domain *>
  use-starttls true                       # opportunistic
  require-starttls true                   # or refuse to deliver in clear
</domain>
smtp-source-host 192.168.0.10 mail10.yourserver.com   # address (or CIDR) and name for outgoing connections
<virtual-mta mta1>
  smtp-source-host 1.2.3.4 mta1.yourserver.com
  <domain *>
    use-starttls true
    require-starttls true
    retry-after 10m
  </domain>
</virtual-mta>
<virtual-mta mta2>
  smtp-source-host 2.3.4.5 mta2.yourserver.com
  <domain *>
    use-starttls false
    require-starttls false
    retry-after 45m
  </domain>
</virtual-mta>
`

const mta = (name: string, address: string, tls: boolean, minutes: number): RelayPolicy['virtualMtas'][number] => ({
  name,
  sourceHosts: [{ address, name: `${name}.yourserver.com` }],
  domains: [{ domain: '*', useStarttls: tls, requireStarttls: tls, retryAfter: [minutes * 60_000] }],
}) // prettier-ignore

export const articlesPolicy = (): RelayPolicy => ({
  ...emptyPolicy(),
  listeners: [{ port: 25 }, { address: '10.0.1.22', port: 587 }],
  users: [{ name: 'foo', method: 'password' }],
  sources: [
    { match: '0/0', requireAuth: true, allowStarttls: true, requireStarttlsBeforeAuth: true },
    { match: '10.0.5.20', alwaysAllowRelaying: true },
  ],
  relayDomains: [{ domain: 'some.domain' }],
  relayAddresses: [{ pattern: 'bounce@bounce.yourdomain.com' }, { pattern: String.raw`/@foo(bar)?\.com$/` }],
  certificate: { path: '/path/to/cert.pem' },
  sourceHosts: [{ address: '192.168.0.10', name: 'mail10.yourserver.com' }],
  domains: [{ domain: '*', useStarttls: true, requireStarttls: true }],
  virtualMtas: [mta('mta1', '1.2.3.4', true, 10), mta('mta2', '2.3.4.5', false, 45)],
})

/** The same without where each entry stood. */
export function withoutLines(policy: RelayPolicy): unknown {
  return JSON.parse(JSON.stringify(policy, (key, value: unknown) => (key === 'line' ? undefined : value)))
}
