/** Owns: sending the messages by SMTP: connection after connection, or all on one, with the dialogue's own machine and driver. */
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientOptions } from '#shared/smtp/machine/options.ts'
import { Target } from '#shared/rpc/contract/dialogue.ts'
import type { VersusPlan } from '#shared/rpc/contract/versus.ts'
import { dial } from '../dialogue/dialer.ts'
import { Driver } from '../dialogue/driver.ts'
import { Gate } from '../dialogue/gate.ts'
import { Journal } from '../dialogue/journal.ts'
import { hashes, literalName } from '../dialogue/options.ts'
import { secretForms } from '../dialogue/secrets.ts'
import type { Envelope } from '../message/compose.ts'
import { messageSource } from '../message/source.ts'
import type { Clock } from '../ports.ts'
import type { Hub } from '../transcripts/types.ts'
import type { Measure } from './measure.ts'
import type { Account } from './servers.ts'

export interface SmtpWay {
  hub: Pick<Hub, 'begin'>
  clock: Clock
  plan: VersusPlan['smtp']
  messages: number
  bytes: Uint8Array
  envelope: Envelope
  port: number
  ca: string
  account: Account
  measure: Measure
  signal: AbortSignal
  told(): void
}

/** Resolves with why it failed, in words, or null. Never rejects for what a connection does. */
export async function sendBySmtp(way: SmtpWay): Promise<string | null> {
  const perConnection = way.plan.reuse ? way.messages : 1
  while (way.measure.messages < way.messages) {
    const before = way.measure.messages
    const problem = await oneConnection(way, Math.min(perConnection, way.messages - before))
    if (way.signal.aborted) return 'Cancelled.'
    if (way.measure.messages < before + perConnection && way.measure.messages < way.messages) return problem
  }
  return null
}

async function oneConnection(way: SmtpWay, messages: number): Promise<string> {
  const { hub, clock, plan, port, ca, account, measure, signal } = way
  const target = Target.parse({ host: '127.0.0.1', port, tls: plan.tls, ca })
  const recorder = hub.begin({ source: 'send', role: 'client', host: target.host, port, tls: plan.tls, title: 'SMTP or HTTP?' }) // prettier-ignore
  measure.begins(recorder.session)
  for (const secret of secretForms(account.user, account.password)) recorder.conceal(secret)
  const journal = new Journal(recorder)
  const dialled = await dial(target, { journal, now: () => clock.now(), signal })
  if (!dialled.ok) {
    endWith(journal, signal.aborted ? 'cancelled' : 'failed', dialled.message)
    return dialled.message
  }
  const machine = createClientMachine(options(way, literalName(dialled.local)))
  let answered = 0
  const driver = new Driver({
    machine,
    connection: dialled.connection,
    journal,
    gate: new Gate({ step: false, breakpoints: [], delay: 0, journal }),
    content: messageSource(way.bytes),
    signal,
    next: (give) => {
      const code = machine.result().final?.code ?? 0
      if (code >= 200 && code < 300) {
        measure.taken()
        way.told()
        answered++
      }
      const more = answered < messages && code >= 200 && code < 300
      give(more ? { transaction: transaction(way), content: messageSource(way.bytes) } : null)
    },
  })
  const outcome = await driver.run(dialled.tls)
  endWith(journal, signal.aborted ? 'cancelled' : outcome.how, outcome.message)
  return outcome.message
}

function endWith(
  journal: Journal,
  outcome: 'cancelled' | 'failed' | 'completed' | 'closed' | 'reset' | 'timeout' | 'refused' | 'dropped',
  message: string,
): void {
  const by = outcome === 'cancelled' ? 'person' : outcome === 'completed' ? 'client' : 'network'
  journal.write({ kind: 'end', phase: 'other', direction: 'none', outcome, by, message })
}

const transaction = ({ bytes, envelope }: SmtpWay): NonNullable<ClientOptions['transaction']> => {
  const { size, eightBit, utf8 } = messageSource(bytes)
  return {
    from: envelope.from,
    fromParameters: [],
    to: envelope.to.map((address) => ({ address, parameters: [] })),
    size,
    eightBit,
    utf8,
  }
}

function options(way: SmtpWay, ehloName: string): ClientOptions {
  const { plan, account, port } = way
  return {
    ehloName,
    tls: plan.tls,
    // Consent: the password is made up, and the line does not leave this computer.
    auth: { mechanism: 'plain', ...account, allowUnprotected: true, hashes, host: '127.0.0.1', port },
    transaction: transaction(way),
    pipelining: plan.pipelining,
    chunking: false,
    stopAfter: 'end',
    series: true,
  }
}
