/** Owns: the rule about an address family that fails where the other works, on the same ports of one host. */
import type { Attempt } from '../facts.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const families: ProbeRule = ({ attempts, controls }) =>
  ([6, 4] as const).flatMap((fails) => {
    const ports = [...new Set(attempts.map(({ port }) => port))].filter((port) =>
      onlyOther(attempts, port, fails),
    )
    if (ports.length === 0) return []
    const here = attempts.filter(({ port }) => ports.includes(port))
    const failed = here.filter(({ family }) => family === fails)
    const works = fails === 6 ? 4 : 6
    const noRoute = failed.every(({ outcome }) => outcome === 'unreachable' || outcome === 'failed')
    const elsewhere = controls.some(({ family, outcome }) => family === fails && outcome === 'connected')
    return [
      proved(
        fails === 6 ? 'ipv6-fails-ipv4-works' : 'ipv4-fails-ipv6-works',
        [...failed, ...here.filter(isOpen)].map(({ proof }) => proof),
        {
          side: noRoute && !elsewhere ? 'this-computer' : elsewhere ? 'server' : 'unknown',
          confidence: 'certain',
          message: `On port ${ports.join(', ')} IPv${fails} fails (${failed[0]!.outcome}) and IPv${works} works.`,
          next: noRoute
            ? `This network has no way out over IPv${fails}: choose IPv${works}, or have IPv${fails} set up here.`
            : `Clients that try IPv${fails} first wait for nothing: repair it on the server or on the path, or take that address out of DNS. A control host over IPv${fails} tells which.`,
          // Without a route every host fails so: that says nothing of this one.
          ...(noRoute && !elsewhere ? { severity: 'info' as const } : {}),
        },
      ),
    ]
  })

const isOpen = ({ outcome }: Attempt): boolean => outcome === 'connected'

function onlyOther(attempts: readonly Attempt[], port: number, fails: 4 | 6): boolean {
  const here = attempts.filter((one) => one.port === port && one.outcome !== 'cancelled')
  const failing = here.filter(({ family }) => family === fails)
  return (
    failing.length > 0 && !failing.some(isOpen) && here.some((one) => one.family !== fails && isOpen(one))
  )
}
