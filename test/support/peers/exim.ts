/**
 * Owns: a real Exim (GnuTLS) on loopback for the tests: STARTTLS and implicit TLS, AUTH after TLS only. Every message is
 * taken and thrown away; `reject@`, `defer@` and `full@` are refused.
 */
import { startPeer, peerUser, whyNoPeer, type Peer, type Ports } from './peer.ts'

export const whyNoExim = (): string | null => whyNoPeer('exim')

/** `most`: connections at once; it refuses more in clear, on the port with implicit TLS too. Without bound by default. */
export const startExim = ({ most = 0 }: { most?: number } = {}): Promise<Peer> =>
  startPeer({
    root: 'exim',
    configure(place, ports, addresses) {
      place.write('/etc/exim4/exim4.conf', configuration(ports, addresses, most))
      place.own('Debian-exim', '/tls/server.key', '/var/spool/exim4', '/var/log/exim4')
    },
    logs: ['/var/log/exim4/mainlog', '/var/log/exim4/paniclog'],
    command: ['/usr/sbin/exim4', '-bdf'],
  })

const { user, password } = peerUser

const configuration = (
  ports: Ports,
  addresses: readonly string[],
  most: number,
): string => `exim_user = Debian-exim
exim_group = Debian-exim
primary_hostname = exim.peer.test
daemon_smtp_ports = ${ports.starttls} : ${ports.implicit}
local_interfaces = <; ${addresses.join(' ; ')}
tls_on_connect_ports = ${ports.implicit}
tls_advertise_hosts = *
tls_certificate = /tls/server.pem
tls_privatekey = /tls/server.key
auth_advertise_hosts = \${if eq{$tls_in_cipher}{}{}{*}}
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = ${most}
smtp_accept_queue_per_connection = 0
message_size_limit = 50M
chunking_advertise_hosts = *
dsn_advertise_hosts = *
smtputf8_advertise_hosts = *
acl_smtp_mail = accept
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = accept
begin acl
acl_rcpt:
  deny local_parts = reject
       message = no such user
  defer local_parts = defer
       message = greylisted
  defer local_parts = full
       message = over quota
  accept
begin routers
hole:
  driver = redirect
  data = :blackhole:
  allow_fail
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{${user}}}{eq{$auth3}{${password}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = \${if and{{eq{$auth1}{${user}}}{eq{$auth2}{${password}}}}}
  server_set_id = $auth1
`
