/**
 * Owns: the listeners of the rules beside those of the local server: what the server would listen on, and what of it needs a
 * person's consent first. A file alone never opens a port to other machines: until somebody consents, such a listener is on
 * the loopback address of its kind, and it is said. Pure.
 */
import ipaddr from 'ipaddr.js'
import type { ListenerConfig } from '../rpc/contract/listener.ts'
import type { RelayListener } from './policy.ts'
import type { PolicyProblem } from './problems.ts'

/** What `0/0` is to a socket. An IPv6 listener is written as such. */
const everyAddress = '0.0.0.0'

export interface ListenerPlan {
  /** The Inbox's listeners as they were, then the relay's in the order of the rules. */
  listeners: ListenerConfig[]
  /** Warnings, by the listener's place in the rules. */
  problems: PolicyProblem[]
}

export interface PlanOptions {
  /** A person allowed what the rules ask; else only where the very listener was allowed before. */
  consent: boolean
  /** Name of the certificate that the relay's listeners show; absent: what they showed, or this program's own. */
  certificate?: string | undefined
  /** Users sign in with certificates: clients are asked for one, unless a listener says more or less of it already. */
  askCertificate?: boolean | undefined
  /** How to consent, as the end of a sentence. */
  remedy: string
}

const spelt = (address: string): string =>
  address === 'localhost'
    ? '127.0.0.1'
    : ipaddr.isValid(address)
      ? ipaddr.process(address).toString()
      : address

const placeOf = ({ address, port }: Pick<ListenerConfig, 'address' | 'port'>): string =>
  `${spelt(address)} ${port}`

const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'

const shown = ({ address, port }: RelayListener): string =>
  `${address === undefined ? '0/0' : address.includes(':') ? `[${address}]` : address}:${port}`

/** Name that a certificate of the rules is kept by. */
export const relayCertificate = 'relay'

/** What the local server would listen on by these rules; `before` are its listeners as they are. */
export function planListeners(
  asked: readonly RelayListener[],
  before: readonly ListenerConfig[],
  options: PlanOptions,
): ListenerPlan {
  const { consent, remedy } = options
  const inbox = before.filter(({ relay }) => relay !== true)
  const relays = new Map(before.filter(({ relay }) => relay === true).map((one) => [placeOf(one), one]))
  const taken = new Set(inbox.map(placeOf))
  const planned = new Map<string, ListenerConfig>()
  const problems: PolicyProblem[] = []
  for (const [index, listener] of asked.entries()) {
    const say = (message: string) =>
      problems.push({ severity: 'warning', field: `listeners[${index}]`, message, ...(listener.line === undefined ? {} : { line: listener.line }) }) // prettier-ignore
    const address = spelt(listener.address ?? everyAddress)
    const { port } = listener
    const open =
      isLoopback(address) || consent || relays.get(placeOf({ address, port }))?.allowOutside === true
    const own = open ? address : address.includes(':') ? '::1' : '127.0.0.1'
    const place = placeOf({ address: own, port })
    if (!open) say(`${shown(listener)} can be reached by other machines, and no file allows that by itself: it listens on ${own} until ${remedy}`) // prettier-ignore
    if (taken.has(place)) say(`port ${port} on ${own} is a listener of the Inbox already, which keeps it; take that one out, or choose another port`) // prettier-ignore
    if (planned.has(place)) continue
    planned.set(place, made(listener, relays.get(place), { address: own, open }, options))
  }
  return { listeners: [...inbox, ...planned.values()], problems }
}

function made(
  { port, tls }: RelayListener,
  before: ListenerConfig | undefined,
  { address, open }: { address: string; open: boolean },
  { certificate, askCertificate }: PlanOptions,
): ListenerConfig {
  const { certificate: kept, ...rest } = before ?? {}
  const shows = certificate ?? (kept === relayCertificate ? undefined : kept)
  return {
    auth: 'optional',
    authOnlyAfterTls: false,
    ...(askCertificate === true ? { clientCertificate: 'asked' } : {}),
    ...rest,
    relay: true,
    address,
    port,
    tls: tls ?? 'starttls',
    allowOutside: open && !isLoopback(address),
    ...(shows === undefined ? {} : { certificate: shows }),
  }
} // prettier-ignore

/** Listeners of the relay as the server has them, as rules write them. One whose port the system chooses is none. */
export const relayListeners = (listeners: readonly ListenerConfig[]): RelayListener[] =>
  listeners.flatMap(({ relay, address, port, tls }) =>
    relay !== true || port === 0
      ? []
      : [
          {
            ...(spelt(address) === everyAddress ? {} : { address: spelt(address) }),
            port,
            ...(tls === 'starttls' ? {} : { tls }),
          },
        ],
  )

const spots = (listeners: readonly ListenerConfig[]): string =>
  listeners
    .filter(({ relay }) => relay === true)
    .map((one) => `${placeOf(one)} ${one.tls}`)
    .toSorted()
    .join('\n')

/**
 * The listeners to show with the rules: those that were asked for while the server has them (where they wait for consent
 * included), else the server's own, which somebody changed there.
 */
export function listenersNow(
  asked: readonly RelayListener[],
  server: readonly ListenerConfig[],
): RelayListener[] {
  const plans = [false, true].map((consent) => planListeners(asked, server, { consent, remedy: '' }))
  return plans.some(({ listeners }) => spots(listeners) === spots(server))
    ? [...asked]
    : relayListeners(server)
}
