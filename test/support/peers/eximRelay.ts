/**
 * Owns: a real Exim as a smarthost: takes mail on loopback and delivers it, by the recipient's domain, to a port of this
 * computer in the way named for that domain. It adds its trace header and nothing else.
 */
import { startPeer, whyNoPeer, type Peer, type Ports } from './peer.ts'

export const whyNoEximRelay = (): string | null => whyNoPeer('exim')

export interface RelayRoute {
  /** Recipients at `NAME.test` go this way. */
  name: string
  port: number
  tls: 'plain' | 'starttls' | 'implicit'
  mechanism?: 'PLAIN' | 'LOGIN' | 'CRAM-MD5'
  /** Content by BDAT where it is offered (RFC 3030); else by DATA. */
  chunking?: boolean
}

/** `ca`: PEM of who signed the certificates that it delivers to; a certificate is checked and must fit. */
export const startEximRelay = (
  routes: readonly RelayRoute[],
  ca: string,
  { user, password }: { user: string; password: string },
): Promise<Peer> =>
  startPeer({
    root: 'exim',
    configure(place, ports, addresses) {
      place.write('/tls/next.pem', ca)
      place.write('/etc/exim4/exim4.conf', configuration(ports, addresses, routes, user, password))
      place.own('Debian-exim', '/tls/server.key', '/var/spool/exim4', '/var/log/exim4')
    },
    logs: ['/var/log/exim4/mainlog', '/var/log/exim4/paniclog'],
    command: ['/usr/sbin/exim4', '-bdf'],
  })

const router = ({ name }: RelayRoute): string => `${name}:
  driver = manualroute
  domains = ${name}.test
  route_list = * localhost byname
  self = send
  transport = ${name}
`

/** Which of the authenticators is for a transport, their conditions say. */
const transport = ({ name, port, tls, mechanism, chunking = false }: RelayRoute): string => `${name}:
  driver = smtp
  port = ${port}
  protocol = ${tls === 'implicit' ? 'smtps' : 'smtp'}
  allow_localhost
  hosts_try_fastopen =
  hosts_try_chunking = ${chunking ? '*' : ''}
  message_linelength_limit = 1000000
${tls === 'plain' ? '  hosts_avoid_tls = *' : '  hosts_require_tls = *\n  tls_verify_certificates = /tls/next.pem\n  tls_verify_hosts = *\n  tls_verify_cert_hostnames = *'}
${mechanism === undefined ? '' : '  hosts_require_auth = *'}
`

function authenticator(
  mechanism: string,
  routes: readonly RelayRoute[],
  user: string,
  password: string,
): string {
  const mine = routes.filter((route) => route.mechanism === mechanism).map(({ name }) => name)
  if (mine.length === 0) return ''
  const secret = password.replaceAll(':', '::')
  const how: Record<string, string> = {
    PLAIN: `driver = plaintext\n  client_send = ^${user}^${secret}`,
    LOGIN: `driver = plaintext\n  client_send = : ${user} : ${secret}`,
    'CRAM-MD5': `driver = cram_md5\n  client_name = ${user}\n  client_secret = ${password}`,
  }
  const name = mechanism.toLowerCase().replace('-', '_')
  return `${name}:
  public_name = ${mechanism}
  client_condition = \${if inlist{$transport_name}{${mine.join(':')}}}
  ${how[mechanism]}
`
}

const configuration = (
  ports: Ports,
  addresses: readonly string[],
  routes: readonly RelayRoute[],
  user: string,
  password: string,
): string => `exim_user = Debian-exim
exim_group = Debian-exim
primary_hostname = exim.peer.test
daemon_smtp_ports = ${ports.starttls}
local_interfaces = <; ${addresses.join(' ; ')}
tls_advertise_hosts =
host_lookup =
rfc1413_query_timeout = 0s
message_size_limit = 50M
smtp_accept_max = 0
smtp_accept_queue_per_connection = 0
acl_smtp_mail = accept
acl_smtp_rcpt = accept
acl_smtp_data = accept
begin routers
${routes.map(router).join('')}
begin transports
${routes.map(transport).join('')}
begin authenticators
${['PLAIN', 'LOGIN', 'CRAM-MD5'].map((mechanism) => authenticator(mechanism, routes, user, password)).join('')}
`
