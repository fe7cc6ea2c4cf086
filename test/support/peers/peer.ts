/** Owns: what a real mail server in a root of its own is for a test, and how it begins: certificate, ports, configuration. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { findProgram } from '../system.ts'
import { makeCertificate } from './certificate.ts'
import { openPlace, type Place } from './place.ts'
import { freePorts, hasIpv6 } from './ports.ts'
import { whyNoRoot, type RootName } from './roots.ts'

export const peerUser = { user: 'user', password: 'secret w0rd' }

export interface Peer {
  ports: Ports
  /** Addresses it listens on: 127.0.0.1 and, where there is one, ::1. */
  addresses: string[]
  /** PEM of the authority that signed its certificate, and the file that holds it. */
  ca: string
  caFile: string
  /** What it has printed and logged so far. */
  log(): string
  stop(): Promise<void>
}

export type Ports = Record<'starttls' | 'implicit', number>

/** Its certificate is `/tls/server.pem` with the key in `/tls/server.key`, as seen from inside. */
export interface PeerPlan {
  root: RootName
  /** Writes what the server reads. */
  configure(place: Place, ports: Ports, addresses: readonly string[]): void
  /** Must stay in the foreground. */
  command: readonly string[]
  /** Files in which it says what it does; what it prints always counts. */
  logs?: readonly string[]
}

/** Why the server cannot run here, or null. */
export const whyNoPeer = (name: RootName): string | null =>
  findProgram('openssl') === null ? 'openssl is not installed' : whyNoRoot(name)

export async function startPeer({ root, configure, command, logs = [] }: PeerPlan): Promise<Peer> {
  const place = openPlace(root)
  try {
    const ports = await freePorts('starttls', 'implicit')
    const addresses = (await hasIpv6()) ? ['127.0.0.1', '::1'] : ['127.0.0.1']
    mkdirSync(place.outside('/tls'))
    makeCertificate(place.outside('/tls'))
    configure(place, ports, addresses)
    await place.start(command, ports.starttls)
    const caFile = place.outside('/tls/ca.pem')
    const ca = readFileSync(caFile, 'utf8')
    const read = (path: string): string =>
      existsSync(place.outside(path)) ? readFileSync(place.outside(path), 'utf8') : ''
    const log = (): string => place.output() + logs.map(read).join('')
    return { ports, addresses, ca, caFile, log, stop: () => place.stop() }
  } catch (error) {
    await place.stop()
    throw error
  }
}
