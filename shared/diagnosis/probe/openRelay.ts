/**
 * Owns: the rule about a server that takes mail for strangers from strangers. Acceptance at RCPT may be taken back at
 * DATA, and an accepted message may be thrown away; the network this was tried from may be allowed to relay.
 */
import type { Proof, ProbeFinding, RelayTrial } from '../facts.ts'
import { readTranscript } from '../reading/read.ts'
import { staysHere } from '../rules/loopback.ts'
import { transactions } from '../rules/transactions.ts'
import type { Exchange } from '../reading/types.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

interface Taken {
  host: string
  port: number
  domain: string
  /** A message, not only a recipient. */
  whole: boolean
  /** From this computer to itself. */
  here: boolean
  proof: Proof
}

/** One for each host: its ports and addresses are doors of one server. */
export const openRelay: ProbeRule = ({ relayTrials = [] }) => {
  const alike = Map.groupBy(relayTrials.flatMap(judge), ({ host, domain, whole, here }) => JSON.stringify([host, domain, whole, here])) // prettier-ignore
  return [...alike.values()].map(tell)
}

function judge({ session, foreignDomains }: RelayTrial): Taken[] {
  const reading = readTranscript(session.head, session.events)
  const foreign = new Set(foreignDomains.map((domain) => domain.toLowerCase()))
  for (const { recipients, final } of transactions(reading)) {
    const taken = recipients.filter((one) => isTaken(one) && !one.authenticated && foreign.has(domainOf(one)))
    if (taken.length === 0) continue
    const events = [...taken, ...(final ? [final] : [])].flatMap(({ line, reply }) => [line?.seq, reply?.seq])
    const { host, port } = session.head
    const whole = final !== undefined && isTaken(final)
    const proof = { session: session.id, events: events.filter((seq) => seq !== undefined) }
    return [{ host, port, domain: domainOf(taken[0]!), whole, here: staysHere(reading), proof }]
  }
  return []
}

const isTaken = ({ answer }: Exchange): boolean =>
  answer !== undefined && answer.code >= 200 && answer.code < 300

const domainOf = ({ line }: Exchange): string =>
  /@([^@<>\s]{1,255})>/.exec(line?.raw.slice(0, 1000) ?? '')?.[1]?.toLowerCase() ?? ''

function tell(all: readonly Taken[]): ProbeFinding {
  const { host, domain, whole, here } = all[0]!
  const ports = [...new Set(all.map(({ port }) => port))].toSorted((a, b) => a - b)
  const at = ports.length === 1 ? `port ${ports[0]}` : `ports ${ports.slice(0, -1).join(', ')} and ${ports.at(-1)}` // prettier-ignore
  return proved('open-relay', all.map(({ proof }) => proof), {
    side: 'server',
    confidence: whole && !here ? 'likely' : 'possible',
    message: `${host} ${at} took ${whole ? 'a message' : 'a recipient'} for ${domain}, whose mail is not its business, without a login${here ? ', from this computer itself, which it may trust' : ''}: it may relay for anybody.`,
    next: whole
      ? 'Look whether the message leaves the server; if so, restrict relaying to logged-in users and known networks at once. Try from a network that it does not know.'
      : 'It may still refuse at DATA: repeat it with a message to an address of your own, from a network that it does not know.',
    references: ['RFC 5321 §3.6', 'RFC 2505 §2.1'],
    ...(here ? { severity: 'warning' as const } : {}),
  })
} // prettier-ignore
