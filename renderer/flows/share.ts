/** Owns: making one dialogue ready to leave this computer, and giving it to the person: as a file or on the clipboard. */
import { fromBase64, utf8Length } from '#shared/bytes/bytes.ts'
import type { Shared } from '#shared/rpc/contract/transcript.ts'
import type { ExportFormatId } from '#shared/transcript/export/types.ts'
import { type NameOf, ticketOf, type TicketSide } from '#shared/transcript/diff/ticket.ts'
import type { Redaction } from '#shared/transcript/redact/types.ts'
import { isCommand, knownFormat, problemWords, replacedWords, ticketFormat } from '../model/share.ts'
import type { ShareChoice } from '../stores/settings.ts'
import { download } from './download.ts'
import { goTo } from './route.ts'
import { inSlices } from './slices.ts'
import type { Services } from './services.ts'

const wordsOf = (error: unknown): string =>
  problemWords(error instanceof Error ? error.message : String(error))

/** What is hidden where the dialogue leaves in this format. */
export function redactionOf(
  { addresses, names, bodies, keepInCommands }: ShareChoice,
  format: ExportFormatId,
): Redaction {
  const kept = keepInCommands && isCommand({ id: format })
  return { addresses: addresses && !kept, names: names && !kept, bodies }
}

export function openShare(services: Services, session: string): void {
  services.stores.share.getState().set({ session, shared: null, problem: '', done: '' })
  void makeShare(services)
}

/** The same from another room: the dialogue comes to the front, and what would leave beside it. */
export function shareAt(services: Services, session: string): void {
  goTo({ room: 'dialogue', id: session })
  openShare(services, session)
}

export function closeShare({ stores }: Services): void {
  asked.get(stores)?.abort()
  stores.share.getState().set({ session: null, shared: null })
}

/** Changes what is chosen, keeps it, and makes it anew. */
export function chooseShare(services: Services, change: Partial<ShareChoice>): void {
  const { share, change: keep } = services.stores.settings.getState()
  keep({ share: { ...share, ...change } })
  void makeShare(services)
}

/** What is being made: let go as soon as nobody waits for it, because it may take the engine seconds. */
const asked = new WeakMap<Services['stores'], AbortController>()

/** Makes what is chosen. An answer that comes late, after another choice or dialogue, is dropped. */
export async function makeShare({ client, stores }: Services): Promise<void> {
  const { session, set } = stores.share.getState()
  if (session === null) return
  const { share } = stores.settings.getState()
  set({ state: 'loading', done: '' })
  asked.get(stores)?.abort()
  const { signal } = asked.set(stores, new AbortController()).get(stores)!
  const isLate = () =>
    signal.aborted ||
    stores.share.getState().session !== session ||
    stores.settings.getState().share !== share
  try {
    const format = knownFormat(share.format).id
    const shared = await client.call(
      'transcript.share',
      { session, format, redact: redactionOf(share, format) },
      { signal },
    )
    if (!isLate()) set({ state: 'ready', shared, problem: '' })
  } catch (error) {
    if (!isLate()) set({ state: 'failed', shared: null, problem: wordsOf(error) })
  }
}

/** Octets of what was made. Throws when the engine sent no base64. */
export function octetsOfShared(shared: Shared): Uint8Array<ArrayBuffer> {
  const octets = fromBase64(shared.base64 ?? '')
  if (octets === null) throw new Error('The engine sent a file that is not base64.')
  return new Uint8Array(octets)
}

export const sizeOfShared = ({ text, base64 }: Shared): number =>
  text === undefined ? Math.floor(((base64?.length ?? 0) * 3) / 4) : utf8Length(text)

export function saveShared({ stores }: Services, shared: Shared): void {
  download(shared.name, shared.text ?? octetsOfShared(shared), shared.mime)
  stores.share.getState().set({ done: `Saved as ${shared.name}.` })
}

async function toClipboard({ stores }: Services, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    stores.share.getState().set({ done })
  } catch {
    stores.share.getState().set({ done: 'The clipboard was not allowed here. Save it instead.' })
  }
}

export const copyShared = (services: Services, shared: Shared): Promise<void> =>
  toClipboard(services, shared.text ?? '', 'Copied to the clipboard.')

/** One key: the dialogue as it was hidden last, as Markdown on the clipboard. What went with it is said. */
export async function copyForTicket(services: Services, session: string): Promise<void> {
  const { client, stores } = services
  const redact = redactionOf(stores.settings.getState().share, ticketFormat())
  try {
    const shared = await client.call('transcript.share', { session, format: ticketFormat(), redact })
    await toClipboard(
      services,
      shared.text ?? '',
      `Copied for a ticket. ${replacedWords(shared.replaced, redact)}.`,
    )
  } catch (error) {
    stores.view.getState().set({ notice: `It was not copied. ${wordsOf(error)}` })
  }
}

/** The diff of two dialogues, hidden as what was shared last, as Markdown on the clipboard. */
export async function copyDiffForTicket(
  services: Services,
  sides: readonly [TicketSide, TicketSide],
  nameOf: NameOf,
): Promise<void> {
  const { stores } = services
  const redact = redactionOf(stores.settings.getState().share, ticketFormat())
  try {
    const { text, replaced } = await inSlices(ticketOf(sides, redact, nameOf))
    await toClipboard(services, text, `Copied for a ticket. ${replacedWords(replaced, redact)}.`)
  } catch (error) {
    stores.view.getState().set({ notice: `It was not copied. ${wordsOf(error)}` })
  }
}
