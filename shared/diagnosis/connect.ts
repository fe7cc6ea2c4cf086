/**
 * Owns: findings about the name look-up and the TCP connection, from the `resolve` and `connect` events alone.
 * Told apart by the codes the dialer recorded, never by the texts of the operating system.
 */
import type { EventOf, TranscriptEvent } from '../transcript/event.ts'
import type { FindingCode } from './codes.ts'
import { finding, type Finding, type FindingWords } from './finding.ts'
import { inSentence } from './inSentence.ts'
import { overHttp, type Protocol } from './overHttp.ts'
import { portAdvice } from './ports.ts'

type Resolve = EventOf<'resolve'>
type Connect = EventOf<'connect'>
type Outcome = Connect['outcome']

const numbers = (events: readonly { seq: number }[]): number[] => events.map((event) => event.seq)

/** Findings about look-up and connection of one dialogue; empty when all went well. */
export function diagnoseConnection(
  events: readonly TranscriptEvent[],
  protocol: Protocol = 'smtp',
): Finding[] {
  const found = diagnose(events)
  return protocol === 'http' ? found.map(overHttp) : found
}

function diagnose(events: readonly TranscriptEvent[]): Finding[] {
  const resolves = events.filter((event) => event.kind === 'resolve')
  const connects = events.filter((event) => event.kind === 'connect')
  if (connects.length === 0) return diagnoseLookup(resolves)
  if (connects.some((event) => event.outcome === 'connected')) return diagnoseFamilies(connects)
  return diagnoseAttempts(connects)
}

/** Look-up faults: a code of getaddrinfo, or `ETIMEDOUT` from the dialer's own limit. */
function diagnoseLookup(resolves: readonly Resolve[]): Finding[] {
  const first = resolves[0]
  if (!first) return []
  const evidence = numbers(resolves)
  const codes = new Set(resolves.map((event) => event.fault?.code))
  const found = resolves.filter((event) => event.addresses.length > 0)
  const name = first.name
  if (found.length > 0) {
    const other = found[0]!.family === 6 ? 'IPv6' : 'IPv4'
    const asked = other === 'IPv6' ? 'IPv4' : 'IPv6'
    return [
      finding('dns-no-address', {
        side: 'server',
        confidence: 'certain',
        evidence,
        message: `${name} has no ${asked} address, only ${other}.`,
        next: `Connect over ${other}, or let the address family be chosen automatically.`,
      }),
    ]
  }
  if (codes.has('ECANCELED')) return []
  if (codes.has('ETIMEDOUT')) return [lookupTimeout(name, evidence)]
  if (codes.has('ENOTFOUND')) return [nameNotFound(name, evidence)]
  if (codes.has('ENODATA')) return [noAddress(name, evidence)]
  return [serverFailure(name, resolves, evidence)]
}

/** Who refuses or fails has answered: then it is not this computer's way to it that is broken. */
function serverFailure(name: string, resolves: readonly Resolve[], evidence: number[]): Finding {
  const faultOf = (code: string) => resolves.find(({ fault }) => fault?.code === code)?.fault
  const [refused, failed] = [faultOf('EREFUSED'), faultOf('ESERVFAIL')]
  const base = { confidence: 'likely', evidence } as const
  if (refused)
    return finding('dns-server-failure', {
      ...base,
      side: 'server',
      message: `The name server refuses to answer for ${name}.`,
      next: 'Perhaps it serves its own network only: ask another name server, or give the IP address.',
    })
  if (failed)
    return finding('dns-server-failure', {
      ...base,
      side: 'server',
      message: `The name server has no usable answer for ${name}${failed.message === '' ? '' : ` (${inSentence(failed.message)})`}.`,
      next: 'Ask another name server. Where all fail alike, the name servers of that domain are down or its DNSSEC signatures do not hold: tell who runs them, or give the IP address.',
    })
  const codes = [...new Set(resolves.map(({ fault }) => fault?.code))].filter(Boolean).join(', ')
  return finding('dns-server-failure', {
    ...base,
    side: 'network',
    message: `The name server could not be asked for ${name} (${codes}).`,
    next: 'Check that this computer is online and that another name can be looked up; then try again, or give the IP address.',
  })
}

const nameNotFound = (name: string, evidence: number[]): Finding =>
  finding('dns-name-not-found', {
    side: 'unknown',
    confidence: 'certain',
    evidence,
    message: `The name ${name} was looked up and has no address: it does not exist, or has no A or AAAA record.`,
    next: 'Check the spelling. A mail domain often has no address of its own: use the name of its mail server, such as smtp.example.com.',
    references: ['RFC 5321 §5.1'],
  })

/** Only a name server itself tells this from a missing name; getaddrinfo says ENOTFOUND for both. */
const noAddress = (name: string, evidence: number[]): Finding =>
  finding('dns-no-address', {
    side: 'server',
    confidence: 'certain',
    evidence,
    message: `The name ${name} exists, but it has no address: neither an A nor an AAAA record.`,
    next: 'A mail domain often has no address of its own: use the name of its mail server, such as smtp.example.com.',
    references: ['RFC 5321 §5.1'],
  })

const lookupTimeout = (name: string, evidence: number[]): Finding =>
  finding('dns-timeout', {
    side: 'network',
    confidence: 'likely',
    evidence,
    message: `The name server gave no answer for ${name} in time.`,
    next: 'Check this computer’s network and its name server (DNS) settings, or give the IP address of the server.',
  })

type Words = Pick<FindingWords, 'side' | 'message' | 'next' | 'confidence'> & { code: FindingCode }

interface Attempts {
  /** Addresses, joined for a sentence. */
  places: string
  port: number
  same: readonly Connect[]
  /** What is known of the port's number, with a leading space. */
  advice: string
}

const refusedWords = ({ places, port, advice }: Attempts): Words => ({
  code: 'tcp-refused',
  side: 'server',
  confidence: 'certain',
  message: `${places} refused the connection on port ${port}: the computer answers, but nothing listens on that port, or a firewall there rejects it.`,
  next: `Check that the mail server runs and which port it listens on.${advice}`,
})

const timeoutWords = ({ places, port, advice, same }: Attempts): Words => ({
  code: 'tcp-timeout',
  side: 'network',
  confidence: 'certain',
  message: `Nothing came back from ${places} on port ${port} within ${seconds(Math.max(...same.map((event) => event.took)))}: the packets were dropped on the way, by a firewall or because no such computer is there.`,
  next: `Try another port of the same host: when that one answers, this port is being blocked.${advice}`,
})

const resetWords = ({ places, port }: Attempts): Words => ({
  code: 'tcp-reset',
  side: 'unknown',
  confidence: 'certain',
  message: `The connection to ${places} on port ${port} was reset while it was being opened.`,
  next: 'A firewall or load balancer cuts it: ask who runs the server or the network whether this computer may connect.',
})

const deniedWords = ({ places, port, advice }: Attempts): Words => ({
  code: 'tcp-unreachable',
  side: 'unknown',
  confidence: 'certain',
  message: `A firewall forbids the connection to ${places} on port ${port} and says so (administratively prohibited).`,
  next: `Ask who runs this computer’s or the network’s firewall to allow port ${port} outwards.${advice}`,
})

const unreachableWords = ({ places, same }: Attempts): Words => ({
  code: 'tcp-unreachable',
  side: 'network',
  confidence: 'certain',
  message: `There is no way to ${places} from here: the network has no route to it.`,
  next: same.every((event) => event.family === 6)
    ? 'This network may have no IPv6: choose IPv4 for this host.'
    : 'Check that this computer is online, on the right network or VPN.',
})

const failedWords = ({ places, port, same }: Attempts): Words => ({
  code: 'tcp-unreachable',
  side: 'this-computer',
  confidence: 'likely',
  message: `The connection to ${places} on port ${port} could not be opened (${same[0]?.fault?.code ?? 'unknown reason'}).`,
  next: 'Check this computer’s network settings and try again.',
})

/** From the attempt that got furthest to the one that says least; cancelled ones say nothing. */
const ranked: readonly [Outcome, (attempts: Attempts) => Words][] = [
  ['reset', resetWords],
  ['refused', refusedWords],
  ['denied', deniedWords],
  ['timeout', timeoutWords],
  ['unreachable', unreachableWords],
  ['failed', failedWords],
]

const seconds = (micros: number): string => `${Math.max(0.1, Math.round(micros / 100_000) / 10)} s`

function diagnoseAttempts(connects: readonly Connect[]): Finding[] {
  return ranked.flatMap(([outcome, words]) => {
    const same = connects.filter((event) => event.outcome === outcome)
    const first = same[0]
    if (!first) return []
    const places = [...new Set(same.map((event) => event.address))].join(' and ')
    const { code, ...rest } = words({ places, port: first.port, same, advice: portAdvice(first.port) })
    return [finding(code, { ...rest, evidence: numbers(same) })]
  })
}

/** One family failed before the other answered: slow and confusing for every client that tries both. */
function diagnoseFamilies(connects: readonly Connect[]): Finding[] {
  const winner = connects.find((event) => event.outcome === 'connected')!
  const failed = connects.filter((event) => event.family !== winner.family && event.outcome !== 'connected')
  if (failed.length === 0) return []
  const works = winner.family === 4 ? 'IPv4' : 'IPv6'
  const fails = winner.family === 4 ? 'IPv6' : 'IPv4'
  return [
    finding(winner.family === 4 ? 'ipv6-fails-ipv4-works' : 'ipv4-fails-ipv6-works', {
      side: 'unknown',
      confidence: 'certain',
      evidence: numbers([...failed, winner]),
      message: `Over ${fails} the connection failed (${failed[0]!.outcome}); over ${works} it was made.`,
      next: `Clients that try ${fails} first lose time here: repair ${fails} on this path, remove that address from DNS, or choose ${works}.`,
    }),
  ]
}
