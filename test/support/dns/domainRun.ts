/** Owns: running one part of the domain room in a test: a scripted name server, a resolver that asks it, a transcript. */
import { Journal } from '#engine/dialogue/journal.ts'
import { openResolver } from '#engine/dns/resolver.ts'
import type { Resolver } from '#engine/dns/types.ts'
import { Witness } from '#engine/domain/witness.ts'
import { remarkLimit, type TranscriptEvent } from '#shared/transcript/event.ts'
import { memoryHub } from '../dialogue/memoryHub.ts'
import { startDns, zone, type Script, type ScriptedDns } from './scriptedDns.ts'

export interface DomainRun {
  dns: ScriptedDns
  resolver: Resolver
  journal: Journal
  witness: Witness
  signal: AbortSignal
  abort: AbortController
  events(): readonly TranscriptEvent[]
  /** First lines of the remarks with these numbers. */
  said(numbers: readonly number[]): string[]
}

const running: ScriptedDns[] = []

export async function stopDns(): Promise<void> {
  await Promise.all(running.splice(0).map((dns) => dns.stop()))
}

export interface RunOptions {
  validating?: boolean
  timeout?: number
}

export async function domainRun(
  script: Script | Parameters<typeof zone>[0],
  { validating = false, timeout = 5000 }: RunOptions = {},
): Promise<DomainRun> {
  const dns = await startDns(typeof script === 'function' ? script : zone(script))
  running.push(dns)
  return { ...runWith({ server: dns.server, validating }, timeout), dns }
}

/** The same with a name server that is there already. */
export function runWith(
  choice: { server: string; validating: boolean },
  timeout = 5000,
): Omit<DomainRun, 'dns'> {
  const abort = new AbortController()
  const opened = openResolver(choice, { timeout, retries: 1, signal: abort.signal })
  if (!opened.ok) throw new Error(opened.message)
  const hub = memoryHub()
  const recorder = hub.begin({ source: 'probe', role: 'client', host: 'x.test', port: 25, tls: 'none' })
  const journal = new Journal(recorder)
  const events = () => hub.events(recorder.session)
  return {
    resolver: opened.resolver,
    journal,
    witness: new Witness(opened.resolver, journal),
    signal: abort.signal,
    abort,
    events,
    said: (numbers) =>
      numbers.map((number) => {
        const event = events()[number - 1]
        return event?.kind === 'remark'
          ? (event.text.slice(0, remarkLimit).split('\n')[0] ?? '')
          : `(${event?.kind})`
      }),
  }
}
