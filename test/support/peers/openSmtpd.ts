/**
 * Owns: a real OpenSMTPD on loopback for the tests: STARTTLS and implicit TLS, AUTH after TLS only. What is sent to
 * `@box.test`, and anything from who signed in, is taken and thrown away.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { startPeer, peerUser, whyNoPeer, type Peer, type Ports } from './peer.ts'

export const whyNoOpenSmtpd = (): string | null => whyNoPeer('opensmtpd')

export const startOpenSmtpd = (): Promise<Peer> =>
  startPeer({
    root: 'opensmtpd',
    configure(place, ports, addresses) {
      place.write('/etc/smtpd.conf', configuration(ports, addresses), 0o600)
      const hash = execFileSync('openssl', ['passwd', '-6', peerUser.password], { encoding: 'utf8' }).trim()
      // It wants to know authorities although it asks nobody for a certificate.
      place.write('/etc/ssl/certs/ca-certificates.crt', readFileSync(place.outside('/tls/ca.pem'), 'utf8'))
      place.write('/etc/creds', `${peerUser.user} ${hash}\n`)
    },
    command: ['/usr/sbin/smtpd', '-d'],
  })

function configuration(ports: Ports, addresses: readonly string[]): string {
  const rest = 'pki peer auth-optional <creds> hostname smtpd.peer.test'
  const listen = addresses.flatMap((address) => [
    `listen on ${address} port ${ports.starttls} tls ${rest}`,
    `listen on ${address} port ${ports.implicit} smtps ${rest}`,
  ])
  return `pki peer cert "/tls/server.pem"
pki peer key "/tls/server.key"
table creds file:/etc/creds
table users { "@" = "peervmail" }
smtp max-message-size "50M"
${listen.join('\n')}
action "discard" mda "while read -r line; do :; done" virtual <users>
match from any for domain "box.test" action "discard"
match auth from any for any action "discard"
`
}
