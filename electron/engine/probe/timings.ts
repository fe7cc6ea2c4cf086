/** Owns: how long each step of one session took, in microseconds, read from its events. */
import { readTranscript } from '#shared/diagnosis/reading/read.ts'
import type { Exchange } from '#shared/diagnosis/reading/types.ts'
import type { Timings } from '#shared/rpc/contract/probeReport.ts'
import type { Ran } from './portSession.ts'

/** `dns`: what the look-up that was made for all ports took. */
export function timingsOf({ head, events, journal }: Ran, dns: number | undefined): Timings {
  const reading = readTranscript(head, events)
  const { greeting, opened, exchanges } = reading
  const greeted = greeting?.reply
  const connect = reading.events.findLast((event) => event.kind === 'connect')
  const tls = reading.events.findLast((event) => event.kind === 'tls')
  const hellos = exchanges.filter(({ verb, reply }) => verb === 'EHLO' && reply)
  const first = hellos[0]
  const second = hellos.findLast((hello) => hello.sealed && hello !== first)
  const all: [keyof Timings, number | undefined][] = [
    ['dns', dns],
    ['tcp', connect?.took],
    ['banner', greeted && opened ? Math.max(0, greeted.at - opened.at) : undefined],
    ['ehlo', waited(first)],
    ['starttls', waited(exchanges.find(({ verb, reply }) => verb === 'STARTTLS' && reply))],
    ['tls', tls?.took],
    ['ehloAfterTls', waited(second)],
  ]
  const known = Object.fromEntries(all.filter(([, took]) => took !== undefined))
  const end = events.findLast((event) => event.kind === 'end')
  return { ...known, total: (dns ?? 0) + (end?.at ?? journal.elapsed()) }
}

const waited = (exchange: Exchange | undefined): number | undefined =>
  exchange?.reply ? exchange.waited : undefined
