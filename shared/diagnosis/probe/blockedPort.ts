/**
 * Owns: the rule about a port that this network does not let out. Silence on one port while others of the same host
 * answer looks the same when the server's own firewall drops it: only control hosts tell, so without them it is
 * `possible`, and `likely` for port 25, which most access providers block.
 */
import type { Attempt, ProbeFacts, ProbeFinding } from '../facts.ts'
import { portAdvice } from '../ports.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const blockedPort: ProbeRule = (facts) => {
  const ports = [...new Set(facts.attempts.map(({ port }) => port))]
  return ports.flatMap((port) => judge(port, facts))
}

const isOpen = ({ outcome }: Attempt): boolean => outcome === 'connected'
/** Nothing came back, or a router said no. A refusal or reset came from the host, or from something in its name. */
const isSwallowed = ({ outcome }: Attempt): boolean => outcome === 'timeout' || outcome === 'denied'
const hostsOf = (all: readonly Attempt[]): string[] => [...new Set(all.map(({ host }) => host))]

interface Seen {
  port: number
  mine: readonly Attempt[]
  /** Other ports of the target that answer. */
  open: readonly Attempt[]
  /** This port of control hosts, and other ports of them that answer. */
  controls: readonly Attempt[]
  controlsOpen: readonly Attempt[]
}

function judge(port: number, { attempts, controls }: ProbeFacts): ProbeFinding[] {
  const counted = attempts.filter(({ outcome }) => outcome !== 'cancelled')
  const seen: Seen = {
    port,
    mine: counted.filter((one) => one.port === port && one.outcome !== 'unreachable'),
    open: counted.filter((one) => one.port !== port && isOpen(one)),
    controls: controls.filter((one) => one.port === port && one.outcome !== 'cancelled'),
    controlsOpen: controls.filter((one) => one.port !== port && isOpen(one)),
  }
  // A control host that answers on this port shows that the network lets it out.
  if (seen.mine.length === 0 || seen.controls.some(isOpen)) return []
  if (seen.mine.every(isSwallowed)) return swallowed(seen)
  return seen.mine.every(({ outcome }) => outcome === 'refused' || outcome === 'reset')
    ? answeredFor(seen)
    : []
}

function swallowed(seen: Seen): ProbeFinding[] {
  const { port, open, controls, controlsOpen, mine } = seen
  if (open.length === 0 && controlsOpen.length === 0) return []
  const failing = hostsOf(controls)
  const denied = mine.some(({ outcome }) => outcome === 'denied')
  const likely = failing.length > 0 || denied || port === 25
  const others =
    open.length > 0
      ? ` while port ${[...new Set(open.map((one) => one.port))].join(', ')} of the same host answers`
      : ''
  const same = failing.length > 0 ? `, and so it is with ${failing.slice(0, 3).join(', ')}` : ''
  const proofs = [...mine, ...open, ...controls, ...controlsOpen].map(({ proof }) => proof)
  return [
    proved('port-blocked-here', proofs, {
      side: 'network',
      confidence: likely ? 'likely' : 'possible',
      message: `Port ${port} gets no answer${others}${same}: this network ${likely ? 'seems to block' : 'may block'} it${failing.length > 0 ? '' : ', or the server’s firewall drops it'}.`,
      next: `${failing.length > 0 ? 'Ask who runs this network, or use another port.' : 'A control host on the same port, or another network, tells the two apart.'}${portAdvice(port)}`,
      references: ['RFC 6409 §3.1'],
    }),
  ]
}

/** A firewall that rejects answers in the name of every host, so hosts that are known to listen refuse all at once. */
function answeredFor({ port, mine, controls, controlsOpen }: Seen): ProbeFinding[] {
  const rejecting = controls.filter(({ outcome }) => outcome === 'refused' || outcome === 'reset')
  if (rejecting.length === 0 || rejecting.length < controls.length || controlsOpen.length === 0) return []
  const proofs = [...mine, ...rejecting, ...controlsOpen].map(({ proof }) => proof)
  return [
    proved('port-blocked-here', proofs, {
      side: 'network',
      confidence: 'likely',
      message: `Port ${port} is refused by ${hostsOf([...mine, ...rejecting])
        .slice(0, 4)
        .join(
          ', ',
        )} alike, which answer on other ports: a firewall on the way seems to refuse in their name.`,
      next: `Ask who runs this network, or use another port.${portAdvice(port)}`,
      references: ['RFC 6409 §3.1'],
    }),
  ]
}
