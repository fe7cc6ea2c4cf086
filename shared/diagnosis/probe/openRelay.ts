/**
 * Owns: the rule about a server that takes mail for strangers from strangers. Acceptance at RCPT may be taken back at
 * DATA, and an accepted message may be thrown away; the network this was tried from may be allowed to relay.
 */
import type { ProbeFinding, RelayTrial, Session } from '../facts.ts'
import { readTranscript } from '../reading/read.ts'
import { staysHere } from '../rules/loopback.ts'
import { transactions, type Transaction } from '../rules/transactions.ts'
import type { Exchange } from '../reading/types.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const openRelay: ProbeRule = ({ relayTrials = [] }) => relayTrials.flatMap(judge)

function judge({ session, foreignDomains }: RelayTrial): ProbeFinding[] {
  const reading = readTranscript(session.head, session.events)
  const foreign = new Set(foreignDomains.map((domain) => domain.toLowerCase()))
  for (const transaction of transactions(reading)) {
    const taken = transaction.recipients.filter(
      (one) => isTaken(one) && !one.authenticated && foreign.has(domainOf(one)),
    )
    if (taken.length > 0) return [tell(transaction, taken, session, staysHere(reading))]
  }
  return []
}

const isTaken = ({ answer }: Exchange): boolean =>
  answer !== undefined && answer.code >= 200 && answer.code < 300

const domainOf = ({ line }: Exchange): string =>
  /@([^@<>\s]{1,255})>/.exec(line?.raw.slice(0, 1000) ?? '')?.[1]?.toLowerCase() ?? ''

function tell(
  { final }: Transaction,
  taken: readonly Exchange[],
  { id: session, head }: Session,
  here: boolean,
): ProbeFinding {
  const whole = final !== undefined && isTaken(final)
  const events = [...taken, ...(final ? [final] : [])].flatMap(({ line, reply }) => [line?.seq, reply?.seq])
  const domain = domainOf(taken[0]!)
  return proved('open-relay', [{ session, events: events.filter((seq) => seq !== undefined) }], {
    side: 'server',
    confidence: whole && !here ? 'likely' : 'possible',
    message: `${head.host} port ${head.port} took ${whole ? 'a message' : 'a recipient'} for ${domain}, whose mail is not its business, without a login${here ? ', from this computer itself, which it may trust' : ''}: it may relay for anybody.`,
    next: whole
      ? 'Look whether the message leaves the server; if so, restrict relaying to logged-in users and known networks at once. Try from a network that it does not know.'
      : 'It may still refuse at DATA: repeat it with a message to an address of your own, from a network that it does not know.',
    references: ['RFC 5321 §3.6', 'RFC 2505 §2.1'],
    ...(here ? { severity: 'warning' as const } : {}),
  })
}
