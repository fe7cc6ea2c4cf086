/** Owns: what is done with a report: copied for a ticket, a test message sent by its advice, this computer tested. */
import { probeTicket } from '#shared/probe/ticket.ts'
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { portChoices } from '../model/compose.ts'
import type { PortChoice } from '../model/probeForm.ts'
import { startTest } from './probe.ts'
import { goTo } from './route.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/** The report as Markdown on the clipboard; what changed since `before` goes with it. What came of it is said. */
export async function copyProbe(
  { stores }: Services,
  report: ProbeReport,
  before: ProbeReport | undefined,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(probeTicket(report, before ? { before } : {}))
    stores.probe.getState().set({ done: 'Copied, as Markdown.' })
  } catch {
    stores.probe.getState().set({ done: 'The clipboard is not allowed here.' })
  }
}

/** The Send form, filled in with the recommended port and its encryption. Nothing is sent. */
export function sendOn({ stores }: Services, { target, recommendation }: ProbeReport): void {
  if (!recommendation) return
  const { draft, change } = stores.compose.getState()
  const { port, tls } = recommendation
  const choice = portChoices.find((known) => known === String(port)) ?? 'other'
  change({
    ...draft,
    host: target,
    portChoice: choice,
    otherPort: choice === 'other' ? String(port) : draft.otherPort,
    tls,
    tlsChosen: true,
    certificate: 'check',
  })
  goTo({ room: 'send', id: '' })
}

/** Fills in the local server's listeners with their modes, and tests them. Undefined when begun, else why not. */
export async function testLocalServer(services: Services): Promise<string | undefined> {
  try {
    const { listeners } = await services.client.call('server.status', {})
    const ports = listeners
      .filter(({ state }) => state === 'listening')
      .map(({ port, actualPort, tls }): PortChoice => ({
        port: actualPort ?? port,
        mode: tls === 'implicit' || tls === 'plain' ? tls : 'starttls',
      }))
      .toSorted((a, b) => a.port - b.port)
    services.stores.probe.getState().change({ host: '127.0.0.1', kind: 'server', ports }, 'host', 'ports')
    await startTest(services)
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}
