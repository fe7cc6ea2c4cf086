/** Owns: from what was typed to what is probed, or what is wrong with it, field by field. Asks nobody anything. */
import { domainToUnicode } from 'node:url'
import type { z } from 'zod'
import { readingProtocol } from '#shared/diagnosis/ports.ts'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { AskedMode, ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { isPem, shownValue } from '#engine/dialogue/checkPlan.ts'
import { familyMessage, isPort, portMessage, readHost } from '#engine/dialogue/host.ts'
import { addressLiteral, asciiName } from '#engine/dialogue/resolve.ts'
import { readServer, shownServer } from '#engine/dns/server.ts'
import { readRelay, type RelayAsk } from './relayAsk.ts'

export interface PortPlan {
  port: number
  mode: AskedMode
}

export interface HostPort {
  /** In ASCII. */
  host: string
  port: number
}

export interface ProbePlan {
  kind: 'server' | 'domain'
  /** In ASCII, without brackets and a trailing dot. */
  host: string
  /** With its own letters, when it has some that ASCII lacks. */
  unicode: string | undefined
  ports: PortPlan[]
  controls: HostPort[]
  /** Of the name server to ask, as `192.0.2.53:53`; undefined for the system's look-up. */
  resolver: string | undefined
  /** Only when the user asks for a relay trial. */
  relay?: RelayAsk | undefined
  /** What was made of what was typed, in sentences. */
  remarks: string[]
}

type Request = z.infer<typeof ProbeRequest>
type Problems = (field: string, value: string, message: string) => void

/** The ports of mail transfer and submission, and the convention 2525. */
const usualPorts = [25, 465, 587, 2525]
/** A probe is for looking at one mail server, not for scanning. */
const maxPorts = 64
const maxControls = 10

/** What a port usually speaks; nobody knows of the others. */
export const usualMode = (port: number): AskedMode =>
  port === 465 ? 'implicit' : usualPorts.includes(port) ? 'starttls' : 'auto'

/** Understands names, addresses, `host:port`, URLs; a port typed with the host counts when none is listed. */
export function planProbe(
  request: Request,
): ({ ok: true } & ProbePlan) | { ok: false; problems: FieldProblem[] } {
  const problems: FieldProblem[] = []
  const add: Problems = (field, value, message) => {
    problems.push({ field, value: shownValue(value), message })
  }
  const target = readTarget(request, add)
  checkPorts(request, target?.port, add)
  if (request.ca !== undefined && !isPem(request.ca))
    add('ca', '', 'The trusted certificate cannot be read: give certificates in PEM.')
  const controls = readControls(request.controls, add)
  const resolver = readResolver(request.resolver, add)
  const relay = readRelay(request.relayTrial, target?.host, add)
  if (!target || problems.length > 0) return { ok: false, problems }
  const { host, unicode, remarks } = target
  const ports = portsOf(request, target.port)
  return { ok: true, kind: request.kind, host, unicode, ports, controls, resolver, relay, remarks }
}

interface Target extends Pick<ProbePlan, 'host' | 'unicode' | 'remarks'> {
  port: number | undefined
}

function readTarget({ host: typed, kind, family }: Request, add: Problems): Target | undefined {
  const domain = kind === 'domain' ? mailboxDomain(typed) : undefined
  const read = readHost(domain ?? typed)
  if (!read.ok) return refuse(add, 'host', typed, read.message)
  const literal = addressLiteral(read.host)
  if (literal && kind === 'domain')
    return refuse(
      add,
      'host',
      typed,
      `${read.host} is an address: MX records belong to a name such as example.com.`,
    )
  const wrong = familyMessage(read.host, family)
  if (wrong) return refuse(add, 'family', String(family), wrong)
  const host = literal ? literal.address : asciiName(read.host)
  const letters = literal ? host : domainToUnicode(host)
  const unicode = letters !== '' && letters !== host ? letters : undefined
  const remarks = unicode ? [`${unicode} is looked up as ${host} (its form in ASCII).`] : []
  if (!read.clean && domain === undefined && !sameName(typed, read.host))
    remarks.push(
      `${shownValue(typed.trim())} was understood as ${host}${read.port === undefined ? '' : `, port ${read.port}`}.`,
    )
  return { host, unicode, remarks, port: read.port }
}

function refuse(add: Problems, field: string, value: string, message: string): undefined {
  add(field, value, message)
  return undefined
}

/** The domain of `anna@example.com`: who asks for a mail domain may well have an address of it at hand. */
function mailboxDomain(typed: string): string | undefined {
  const at = typed.lastIndexOf('@')
  return at > 0 && !typed.includes('/') ? typed.slice(at + 1) : undefined
}

const sameName = (typed: string, host: string): boolean =>
  typed
    .trim()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '') === host.replace(/\.$/, '')

function checkPorts({ ports }: Request, typed: number | undefined, add: Problems): void {
  const check = (field: string, port: number): void => {
    const reads = readingProtocol(port)
    if (!isPort(port)) add(field, String(port), portMessage(port))
    else if (reads)
      add(
        field,
        String(port),
        `Port ${port} is ${reads}: it reads mail and does not send any. To send use 587, 465 or 2525.`,
      )
  }
  ports.forEach(({ port }, i) => check(`ports[${i}].port`, port))
  if (ports.length === 0 && typed !== undefined) check('host', typed)
  if (ports.length > maxPorts)
    add('ports', String(ports.length), `At most ${maxPorts} ports can be probed at once.`)
}

function portsOf({ ports: listed, kind }: Request, typed: number | undefined): PortPlan[] {
  const usual = typed !== undefined ? [typed] : kind === 'domain' ? [25] : usualPorts
  const asked: Partial<PortPlan>[] = listed.length > 0 ? listed : usual.map((port) => ({ port }))
  const plans = asked.map(({ port = 0, mode }): PortPlan => ({ port, mode: mode ?? usualMode(port) }))
  return [...new Map(plans.map((plan) => [`${plan.port} ${plan.mode}`, plan])).values()]
}

function readControls(listed: readonly string[], add: Problems): HostPort[] {
  if (listed.length > maxControls)
    add('controls', String(listed.length), `At most ${maxControls} control hosts can be asked in one run.`)
  return listed.slice(0, maxControls).flatMap((typed, i) => {
    const read = readHost(typed)
    const field = `controls[${i}]`
    if (!read.ok) add(field, typed, read.message)
    else if (read.port === undefined)
      add(field, typed, 'A control host is written with its port: HOST:PORT, such as smtp.example.net:587.')
    else return [{ host: addressLiteral(read.host)?.address ?? asciiName(read.host), port: read.port }]
    return []
  })
}

function readResolver(typed: string | undefined, add: Problems): string | undefined {
  if (typed === undefined) return undefined
  const read = readServer(typed)
  if (read.ok) return shownServer(read.server)
  add('resolver', typed, read.message)
  return undefined
}
