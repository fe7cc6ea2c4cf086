/** Owns: from what was typed to the host and ports that are probed, or what is wrong with it, field by field. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { PortMode, ProbeRequest } from '#shared/rpc/contract/probe.ts'
import type { z } from 'zod'
import { isPem, shownValue } from '#engine/dialogue/checkPlan.ts'
import { familyMessage, isPort, portMessage, readHost } from '#engine/dialogue/host.ts'

export interface PortPlan {
  port: number
  /** Undefined: STARTTLS when it is offered, else plain. */
  mode: PortMode | undefined
}

export type ProbePlan =
  { ok: true; host: string; ports: PortPlan[] } | { ok: false; problems: FieldProblem[] }

/** The ports of mail transfer and submission, and the convention 2525. */
const usualPorts = [25, 465, 587, 2525]
/** A probe is for looking at one mail server, not for scanning. */
const maxPorts = 64

const usualMode = (port: number): PortMode | undefined =>
  port === 465 ? 'implicit' : usualPorts.includes(port) ? 'starttls' : undefined

/** Understands `smtp.example.com`, addresses, `host:port` and URLs; a port typed with the host counts when none is listed. */
export function planProbe(request: z.infer<typeof ProbeRequest>): ProbePlan {
  const problems: FieldProblem[] = []
  const problem = (field: string, value: string, message: string): void => {
    problems.push({ field, value: shownValue(value), message })
  }
  const host = readHost(request.host)
  const family = host.ok ? familyMessage(host.host, request.family) : undefined
  if (!host.ok) problem('host', request.host, host.message)
  if (family) problem('family', String(request.family), family)
  request.ports.forEach(({ port }, i) => {
    if (!isPort(port)) problem(`ports[${i}].port`, String(port), portMessage(port))
  })
  if (request.ports.length > maxPorts)
    problem('ports', String(request.ports.length), `At most ${maxPorts} ports can be probed at once.`)
  if (request.ca !== undefined && !isPem(request.ca))
    problem('ca', '', 'The trusted certificate cannot be read: give certificates in PEM.')
  if (!host.ok || problems.length > 0) return { ok: false, problems }
  return { ok: true, host: host.host, ports: portsOf(request.ports, host.port) }
}

function portsOf(listed: readonly Partial<PortPlan>[], typed: number | undefined): PortPlan[] {
  const usual = (typed === undefined ? usualPorts : [typed]).map((port): Partial<PortPlan> => ({ port }))
  const plans = (listed.length > 0 ? listed : usual).map(({ port = 0, mode }): PortPlan => {
    return { port, mode: mode ?? usualMode(port) }
  })
  return [...new Map(plans.map((plan) => [`${plan.port} ${plan.mode}`, plan])).values()]
}
