/** Owns: the rule about a host of which no port and no address gives any answer, not even a refusal. */
import type { Attempt } from '../facts.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

const isSilent = ({ outcome }: Attempt): boolean => outcome === 'timeout' || outcome === 'unreachable'

export const hostDown: ProbeRule = ({ host, attempts, controls }) => {
  const counted = attempts.filter(({ outcome }) => outcome !== 'cancelled')
  const ports = [...new Set(counted.map(({ port }) => port))]
  if (ports.length < 2 || !counted.every(isSilent)) return []
  const answering = controls.filter(({ outcome }) => outcome === 'connected' || outcome === 'refused')
  const known = controls.length > 0
  const here = known && answering.length === 0
  return [
    proved(
      'host-down',
      [...counted, ...controls].map(({ proof }) => proof),
      {
        side: here ? 'this-computer' : known ? 'server' : 'unknown',
        confidence: known ? 'likely' : 'possible',
        message: here
          ? `Neither ${host} nor any control host answers: this computer seems to have no way out.`
          : `No port of ${host} gives any answer (${ports.join(', ')} were tried)${known ? ', while control hosts answer' : ''}: the host ${known ? 'seems to be down or to drop everything from here' : 'may be down, it may drop everything from here, or this computer may be offline'}.`,
        next: here
          ? 'Check this computer’s network and firewall.'
          : known
            ? 'Check its address, then ask who runs it whether it is up and whether this address is blocked.'
            : 'Try another host from here: if that answers, it is this host; then try this host from another network.',
      },
    ),
  ]
}
