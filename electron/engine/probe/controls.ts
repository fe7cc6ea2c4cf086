/**
 * Owns: asking control hosts: hosts of the user's own choice that are known to listen, contacted only when the request
 * lists them. Connection and greeting are enough to tell a blocked network from a silent server.
 */
import { readAttempts } from '#shared/diagnosis/attempt.ts'
import type { Attempt } from '#shared/diagnosis/facts.ts'
import type { ControlResult } from '#shared/rpc/contract/probeReport.ts'
import type { Lanes } from './lanes.ts'
import { lookUp, type LookUpDeps } from './lookUp.ts'
import { type HostPort, usualMode } from './plan.ts'
import { runPortSession, type SessionDeps, type Settings } from './portSession.ts'

export interface ControlRun {
  result: ControlResult
  attempts: readonly Attempt[]
}

export interface ControlDeps {
  look: LookUpDeps
  session: SessionDeps
  settings: Settings
  lanes: Lanes
}

/** Only the first address of a control host is asked. Undefined when the probe was cancelled first. */
export async function askControl(control: HostPort, deps: ControlDeps): Promise<ControlRun | undefined> {
  const { host, port } = control
  const { signal } = deps.look
  const found = await lookUp(host, deps.look)
  const [address] = found.addresses
  if (!address)
    return signal.aborted
      ? undefined
      : { result: { session: found.session ?? '', host, port, greeted: false }, attempts: [] }
  const tls = usualMode(port) === 'implicit' ? 'implicit' : 'none'
  const place = { host, port, address }
  const { value: ran } = await deps.lanes.run({
    address: address.address,
    run: async () =>
      signal.aborted ? undefined : runPortSession(place, tls, deps.settings, deps.session, signal, 'connect'),
  })
  if (!ran) return undefined
  const attempts = readAttempts({ id: ran.session, head: ran.head, events: ran.events })
  const connect = attempts.at(-1)?.outcome
  const result: ControlResult = {
    session: ran.session,
    host,
    port,
    address: address.address,
    ...(connect ? { connect } : {}),
    greeted: attempts.some(({ greeted }) => greeted),
  }
  return { result, attempts }
}
