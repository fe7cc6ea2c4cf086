/** Owns: acts on several rows of the box at once, and giving several messages as one file. */
import { mboxEntry } from '#shared/inbox/mbox.ts'
import { joined, zip } from '#shared/inbox/zip.ts'
import type { bulkActs, MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { emlName } from '../model/inboxParts.ts'
import { sizeShort } from '../model/measures.ts'
import { download } from './download.ts'
import { bulkInbox, loadWhole } from './inbox.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

export type PickedAct = (typeof bulkActs)[number]

/** `ids`: null for everything that is looked at. Undefined when done, else why not, in words. */
export async function actOnPicked(
  services: Services,
  ids: readonly string[] | null,
  act: PickedAct,
): Promise<string | undefined> {
  if (ids === null) return bulkInbox(services, act)
  try {
    for (let from = 0; from < ids.length; from += mostIds)
      await actOnSome(services, ids.slice(from, from + mostIds), act)
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

/** Of one call. */
const mostIds = 10_000

async function actOnSome({ client, stores }: Services, ids: string[], act: PickedAct): Promise<void> {
  if (act === 'star' || act === 'unstar') await client.call('inbox.star', { ids, starred: act === 'star' })
  else if (act !== 'remove') await client.call('inbox.mark', { ids, unread: act === 'unread' })
  else {
    await client.call('inbox.remove', { ids })
    const { open, remove, set } = stores.inbox.getState()
    remove(ids)
    if (open !== null && ids.includes(open.id)) set({ open: null })
  }
}

/** Octets that are held together for one file, and files of a ZIP archive. */
const mostOctets = 256 << 20
const mostFiles = 65_535

/** One .eml, several in a ZIP archive, or one mbox. Undefined when given, else why not, in words. */
export async function exportPicked(
  services: Services,
  picked: readonly MessageSummary[],
  form: 'eml' | 'mbox',
): Promise<string | undefined> {
  const messages = picked.filter(({ outcome }) => outcome === 'kept')
  const octets = messages.reduce((sum, { size }) => sum + size, 0)
  if (messages.length === 0) return 'None of these rows is a message: sessions without mail have no octets to export.' // prettier-ignore
  if (octets > mostOctets)
    return `These messages have ${sizeShort(octets)} together; ${sizeShort(mostOctets)} are the most in one file. Select fewer.`
  if (form === 'eml' && messages.length > mostFiles)
    return `These are ${messages.length} messages; ${mostFiles} are the most in one ZIP file. Select fewer, or save them as mbox.`
  try {
    const files = []
    for (const message of messages) files.push({ message, bytes: await loadWhole(services, message.id) })
    const [first] = files
    if (form === 'mbox')
      download('inbox.mbox', joined(files.map(({ message, bytes }) => mboxEntry({ ...message, bytes }))), 'application/mbox') // prettier-ignore
    else if (files.length === 1 && first) download(emlName(first.message), first.bytes, 'message/rfc822')
    else download('inbox.zip', zip(files.map(({ message, bytes }) => ({ name: emlName(message), bytes, date: new Date(message.receivedAt) }))), 'application/zip') // prettier-ignore
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}
