/** Owns: what was asked of a probe and when, for a ticket, so that another can ask the same. */
import type { ProbeReport } from '../rpc/contract/probeReport.ts'
import type { ProbeRequest } from '../rpc/contract/probeRequest.ts'
import { shortTime } from '../transcript/measure.ts'
import { name } from './ticketText.ts'

const mostControls = 10

export function askedLines({ startedAt, took, cancelled, request, controls }: ProbeReport): string[] {
  const time = took === undefined ? '' : `, in ${shortTime(took)}`
  const asked = request ? requestLines(request) : []
  const heard = controls
    .slice(0, mostControls)
    .map(({ host, port, connect, greeted }) => `- Control host ${name(`${host}:${port}`)}: ${connect ?? 'no address'}${greeted ? ', it greeted' : ''}`) // prettier-ignore
  return [
    '## Asked',
    '',
    `- Begun ${name(startedAt)}${time}${cancelled ? ', cancelled before the end' : ''}`,
    ...asked,
    ...heard,
  ]
}

function requestLines(request: ProbeRequest): string[] {
  const { host, ports, family, tlsScan, resolver, resolverValidates, ca, relayTrial } = request
  const list = ports.map(({ port, mode }) => (mode === undefined ? String(port) : `${port}:${mode}`))
  return [
    `- Host as typed: ${name(host)}`,
    `- Ports: ${list.length === 0 ? 'the usual ones' : name(list.join(', '))}`,
    `- Family: ${family === 0 ? 'IPv4 and IPv6' : `IPv${family}`}`,
    `- Name server: ${resolver === undefined ? 'the system’s' : `${name(resolver)}${resolverValidates ? ', called validating' : ''}`}`,
    `- Timeouts: ${timeouts(request)}`,
    ...(tlsScan ? ['- TLS scan: yes'] : []),
    ...(relayTrial ? [`- Relay trial: to ${name(relayTrial.to)}, up to RCPT, without signing in`] : []),
    ...(ca === undefined ? [] : ['- Trusted certificates: besides the system’s, some of the user’s own']),
  ]
}

const phaseWords = {
  lookUp: 'look-up',
  connect: 'connection',
  greeting: 'greeting',
  reply: 'reply',
  tls: 'TLS handshake',
} as const

function timeouts({ timeout, timeouts: own = {} }: ProbeRequest): string {
  const phases = ['lookUp', 'connect', 'greeting', 'reply', 'tls'] as const
  const named = phases.flatMap((phase) =>
    own[phase] === undefined ? [] : [`${phaseWords[phase]} ${own[phase]} ms`],
  )
  return [`${timeout} ms a step`, ...named].join(', ')
}
