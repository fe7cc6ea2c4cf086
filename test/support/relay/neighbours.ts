/**
 * Owns: real mail servers as the relay's next hop that keep what they take: Postfix, Exim and OpenSMTPD, each with STARTTLS
 * and implicit TLS, and what each says of it in its log.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostfix, whyNoPostfix } from '../postfix.ts'
import { startPeer, whyNoPeer, type Peer, type Ports } from '../peers/peer.ts'

export interface Neighbour {
  ports: Ports
  /** Octets of the messages it has delivered, with CRLF, as its own delivery wrote them. */
  delivered(): Buffer[]
  log(): string
  stop(): Promise<void>
}

export interface NeighbourKind {
  name: string
  /** Why it cannot run here, or null. */
  why: string | null
  start(): Promise<Neighbour>
  /** What its log says of a message that came by TLS. */
  witness: RegExp
}

/** Their deliveries write line feeds alone; of a carriage return that stood there already nothing is lost. */
function mailIn(folder: string): Buffer[] {
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.map((name) => Buffer.from(readFileSync(join(folder, name)).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')) // prettier-ignore
}

async function startKeepingPostfix(): Promise<Neighbour> {
  const main = 'virtual_mailbox_domains = box.test starttls.test implicit.test\nsmtpd_tls_loglevel = 1\n'
  const { ports, delivered, log, stop } = await startPostfix({ main })
  const kept = (): Buffer[] => delivered().map((bytes) => Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')) // prettier-ignore
  return { ports, delivered: kept, log, stop }
}

const kept = ({ ports, log, stop }: Peer, folder: string): Neighbour => ({
  ports,
  log,
  stop,
  delivered: () => mailIn(folder),
})

async function startKeepingExim(): Promise<Neighbour> {
  let folder = ''
  const peer = await startPeer({
    root: 'exim',
    configure(place, ports, addresses) {
      folder = place.outside('/srv/mail/new')
      place.write('/etc/exim4/exim4.conf', eximConfiguration(ports, addresses))
      place.own('Debian-exim', '/tls/server.key', '/var/spool/exim4', '/var/log/exim4', '/srv/mail')
    },
    logs: ['/var/log/exim4/mainlog', '/var/log/exim4/paniclog'],
    command: ['/usr/sbin/exim4', '-bdf'],
  })
  return kept(peer, folder)
}

const eximConfiguration = (ports: Ports, addresses: readonly string[]): string => `exim_user = Debian-exim
exim_group = Debian-exim
primary_hostname = exim.peer.test
daemon_smtp_ports = ${ports.starttls} : ${ports.implicit}
local_interfaces = <; ${addresses.join(' ; ')}
tls_on_connect_ports = ${ports.implicit}
tls_advertise_hosts = *
tls_certificate = /tls/server.pem
tls_privatekey = /tls/server.key
host_lookup =
rfc1413_query_timeout = 0s
message_size_limit = 50M
dsn_advertise_hosts = *
smtp_accept_queue_per_connection = 0
log_selector = +received_recipients +tls_cipher
acl_smtp_mail = accept
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = accept
begin acl
acl_rcpt:
  deny local_parts = reject
       message = no such user
  defer local_parts = defer
       message = greylisted
  accept
begin routers
all:
  driver = accept
  transport = keep
begin transports
keep:
  driver = appendfile
  maildir_format
  directory = /srv/mail
  user = Debian-exim
  delivery_date_add = false
  envelope_to_add = false
  return_path_add = false
`

async function startKeepingOpenSmtpd(): Promise<Neighbour> {
  let folder = ''
  const peer = await startPeer({
    root: 'opensmtpd',
    configure(place, ports, addresses) {
      folder = place.outside('/srv/mail/new')
      place.write('/etc/smtpd.conf', smtpdConfiguration(ports, addresses), 0o600)
      place.write('/etc/ssl/certs/ca-certificates.crt', readFileSync(place.outside('/tls/ca.pem'), 'utf8'))
      place.own('peervmail', '/srv')
    },
    command: ['/usr/sbin/smtpd', '-d'],
  })
  return kept(peer, folder)
}

function smtpdConfiguration(ports: Ports, addresses: readonly string[]): string {
  const listen = addresses.flatMap((address) => [
    `listen on ${address} port ${ports.starttls} tls pki peer hostname smtpd.peer.test`,
    `listen on ${address} port ${ports.implicit} smtps pki peer hostname smtpd.peer.test`,
  ])
  return `pki peer cert "/tls/server.pem"
pki peer key "/tls/server.key"
table users { "@" = "peervmail" }
smtp max-message-size "50M"
${listen.join('\n')}
action "keep" maildir "/srv/mail" virtual <users>
match from any for any action "keep"
`
}

export const neighbours: readonly NeighbourKind[] = [
  { name: 'Postfix', why: whyNoPostfix(), start: startKeepingPostfix, witness: /Anonymous TLS connection established from \S+: TLSv1\.3/ },
  { name: 'Exim', why: whyNoPeer('exim'), start: startKeepingExim, witness: /<= a@shop\.test .*P=esmtps .*X=TLS1\.3/ },
  { name: 'OpenSMTPD', why: whyNoPeer('opensmtpd'), start: startKeepingOpenSmtpd, witness: /smtp tls (?:address=\S+ )?.*ciphers=TLSv1\.3/ },
] // prettier-ignore
