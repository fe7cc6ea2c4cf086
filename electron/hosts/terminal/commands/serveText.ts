/** Owns: how the listeners of `relayscope serve` stand, in lines for a person. */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'
import { shown } from '../io.ts'

/** Characters of an address: IPv6 with a zone. */
const longestAddress = 100

/** What keeps one listener from running stands in the words about that listener. */
export const isOneListener = ({ field }: Pick<FieldProblem, 'field'>): boolean =>
  /^listeners\[\d+\]$/.test(field)

type Listener = ServerStatus['listeners'][number]

/** A line per listener, with the remedy where one could not start, and behind it what is worth knowing of it. */
export const statusText = (status: Pick<ServerStatus, 'listeners'>): string[] =>
  status.listeners.flatMap(listenerText)

function listenerText(listener: Listener): string[] {
  const { address, port, actualPort = port, label, state, tls, versions, mapped, notices = [] } = listener
  // As far as a mistake needs to be seen; a file of rules may say anything.
  const place = shown(address.slice(0, longestAddress))
  const where = `${place.includes(':') ? `[${place}]` : place}:${actualPort}`
  const name = label === undefined ? '' : ` (${shown(label)})`
  if (state !== 'listening')
    return [`Not listening on ${where}${name}: ${shown(listener.problem ?? 'it is off')}`]
  const spoken = versions === undefined ? '' : ` with TLS ${versions.join(', ')}`
  return [
    `Listening on ${where}${name}, ${tls}${spoken}, ${authText(listener)}`,
    ...(mapped === undefined ? [] : mappedText(mapped)),
    ...notices.map((notice) => `  ${notice}`),
  ]
}

/** Who has to sign in at a relay is a matter of its sources, not of the listener. */
function authText({ auth, authImpossible, relay = false }: Listener): string {
  if (auth !== 'off' && authImpossible === true)
    return relay ? 'no AUTH, for its rules have nobody who could sign in here' : 'no AUTH'
  return relay && auth === 'optional' ? 'AUTH as its rules ask' : `AUTH ${auth}`
}

/** The way of this system only: the others stand in the page and in the documentation. */
function mappedText({ why, remedies }: NonNullable<Listener['mapped']>): string[] {
  const here = remedies.filter(({ system }) => system === remedies[0]?.system)
  return [
    `  ${why}`,
    ...here.map(({ words, command }) => `  ${words}${command === undefined ? '' : ` ${command}`}`),
  ]
}
