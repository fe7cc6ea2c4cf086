/**
 * Owns: by which virtual MTA each recipient of a message goes, and the field X-Virtual-MTA, in which a message may ask for
 * one where a source of its client says so; it is taken out then, and left alone otherwise.
 */
import { chooseVirtualMta, virtualMtaField, type OutboundChoice } from '#shared/relay/outbound.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { directiveFor } from '#shared/relay/sources.ts'
import type { Destination } from './intakeEnvelope.ts'
import { mostOfAName, type Header } from './intakeHeader.ts'
import type { LegRecipient } from './types.ts'

/** Recipients for each of whom the rules are looked through, before others have their turn. */
const inOneTurn = 50
/** Ways that a sentence has. */
const mostWays = 3

export interface Asked {
  /** Octets [from, to) that are left out. */
  cuts: [number, number][]
  /** Fields that are left out. */
  taken: number
  remarks: string[]
}

/** Neighbours become one: fewer places to look at when it is sent. */
function cutsOf({ fields }: Header): [number, number][] {
  const cuts: [number, number][] = []
  for (const { from, to } of fields.get(virtualMtaField) ?? []) {
    const before = cuts.at(-1)
    if (before?.[1] === from) before[1] = to
    else cuts.push([from, to])
  }
  return cuts
}

/** What becomes of the field; `too many`: more than are kept count of. */
export function askedIn(
  header: Header,
  policy: Pick<RelayPolicy, 'sources' | 'virtualMtas'>,
  client: string,
): Asked | 'too many' {
  const found = header.fields.get(virtualMtaField) ?? []
  if (found.length === 0) return { cuts: [], taken: 0, remarks: [] }
  if (directiveFor(policy, client, 'processVirtualMtaHeader') !== true) {
    const left =
      'Its X-Virtual-MTA field was neither heeded nor taken out: no source of its client has process-x-virtual-mta true.'
    return { cuts: [], taken: 0, remarks: [left] }
  }
  if (found.length >= mostOfAName) return 'too many'
  const { value } = found[0]!
  const known = policy.virtualMtas.some(({ name }) => name === value)
  const unknown = `It asks for virtual MTA ${value.slice(0, 64)}, and there is none of that name.`
  return { cuts: cutsOf(header), taken: found.length, remarks: known ? [] : [unknown] }
}

export interface Sent {
  client: string
  user: string | null
  sender: string
  header: Header
}

interface Chosen {
  recipient: LegRecipient
  choice: OutboundChoice
}

/** `virtualMta` where it is one for all recipients; else each destination has its own. */
export interface Ways {
  virtualMta?: string
  because: string
  destinations: Destination[]
}

/** Rules that name a recipient give each their own; else one choice holds for all. */
export async function chooseWays(
  policy: RelayPolicy,
  { client, user, sender, header }: Sent,
  recipients: readonly LegRecipient[],
): Promise<Ways> {
  const headers = new Map([...header.fields].map(([name, [field]]) => [name, field!.value]))
  const signedIn = user === null ? {} : { user }
  const each = policy.virtualMtaRules.some(({ of }) => of === 'rcpt-to')
  const chosen: Chosen[] = []
  for (const [place, recipient] of recipients.entries()) {
    if (each && place > 0 && place % inOneTurn === 0) await new Promise(setImmediate)
    const message = { client, ...signedIn, sender, recipient: recipient.address, headers }
    const choice = each || place === 0 ? chooseVirtualMta(policy, message) : chosen[0]!.choice
    chosen.push({ recipient, choice })
  }
  return together(chosen)
}

const mtaWords = ({ virtualMta, because }: OutboundChoice): string =>
  `${virtualMta === undefined ? 'no virtual MTA' : `virtual MTA ${virtualMta}`}, because ${because}`

function together(chosen: readonly Chosen[]): Ways {
  const ways = new Map<string | undefined, OutboundChoice>()
  for (const { choice } of chosen) if (!ways.has(choice.virtualMta)) ways.set(choice.virtualMta, choice)
  if (ways.size <= 1) {
    const { virtualMta, because } = chosen[0]!.choice
    const destinations = chosen.map(({ recipient }) => ({ recipient, virtualMta: undefined }))
    return { ...(virtualMta === undefined ? {} : { virtualMta }), because, destinations }
  }
  const told = [...ways.values()].slice(0, mostWays).map(mtaWords)
  const more = ways.size > mostWays ? [`${ways.size - mostWays} more`] : []
  return {
    because: `its recipients go different ways: ${[...told, ...more].join('; ')}`,
    destinations: chosen.map(({ recipient, choice }) => ({ recipient, virtualMta: choice.virtualMta })),
  }
}
