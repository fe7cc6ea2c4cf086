/**
 * Owns: whether a connection can leave this computer as a plan asks: from an address that this computer has, by a name
 * server that can be asked.
 */
import { isIP, isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { DialoguePlan, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { readServer } from '#engine/dns/server.ts'
import { addressLiteral } from './resolve.ts'

type Route = Pick<DialoguePlan['target'], 'host' | 'family' | 'source' | 'resolver'>
/** Addresses of this computer, without their zones. */
type OwnAddresses = () => string[]

const ownAddresses: OwnAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map(({ address }) => bare(address))

/** Problems of source address and name server; empty when there are none. */
export function checkRoute(target: Route, own: OwnAddresses = ownAddresses): FieldProblem[] {
  const source = target.source === undefined ? undefined : sourceProblem(target.source, target, own)
  const server = target.resolver === undefined ? undefined : readServer(target.resolver)
  return [
    ...(source === undefined ? [] : [{ field: 'target.source', value: cut(target.source), message: source }]),
    ...(server === undefined || server.ok
      ? []
      : [{ field: 'target.resolver', value: cut(target.resolver), message: server.message }]),
  ]
}

/** Family of a source address, which is the only one that can be connected from it; 0 without one. */
export function familyOf(source: string | undefined): 0 | 4 | 6 {
  const family = source === undefined ? 0 : isIP(source)
  return family === 4 || family === 6 ? family : 0
}

function sourceProblem(source: string, { host, family }: Route, own: OwnAddresses): string | undefined {
  const kind = familyOf(source)
  const addresses = own()
  const examples = addresses.filter((address) => isIPv4(address) || !address.startsWith('fe80')).slice(0, 4)
  const has = examples.length === 0 ? '' : ` It has ${examples.join(', ')}.`
  if (kind === 0) return `The source address is an IP address of this computer, not a name.${has}`
  // All of 127.0.0.0/8 is this computer (RFC 1122 §3.2.1.3), although one address of it is named only.
  const loopback = kind === 4 && source.startsWith('127.')
  if (!loopback && !addresses.includes(bare(source)))
    return `This computer has no address ${cut(source)}.${has}`
  const wanted = addressLiteral(host)?.family ?? family
  if (wanted === 0 || wanted === kind) return undefined
  return `From the IPv${kind} address ${source} no IPv${wanted} address can be reached: give an IPv${wanted} address of this computer.`
}

/** In one spelling: `::1` may be written with more zeros, and a zone is no part of it. */
function bare(address: string): string {
  const plain = address.replace(/%.*$/, '')
  return isIP(plain) === 6 ? new URL(`http://[${plain}]`).hostname.slice(1, -1) : plain
}

const cut = (text = ''): string =>
  (text.length > 100 ? `${text.slice(0, 100)}…` : text).replace(/\p{Cc}/gu, '?')
