/** Owns: reading case files of any length, and what other programs wrote: piece by piece through the engine, with progress, until it is called off. */
import { mostCasePart, mostCaseText } from '#shared/rpc/contract/transcript.ts'
import type { Services } from './services.ts'
import { reloadList, wordsOf } from './transcripts.ts'

export interface ImportProgress {
  name: string
  /** Octets of the file. */
  read: number
  size: number
  events: number
  /** Of the work, 0 to 1: it only grows. */
  share: number
  /** All of it is sent; what another program wrote is read when it is whole. */
  sent: boolean
}

export interface Imported {
  sessions: string[]
  problems: string[]
}

/** Octets taken from the file at a time: as text they are no longer than a part may be. */
const stretch = mostCasePart

/** Of the work on a text that is read when it is whole, the share that is sending it. */
const sending = 0.1

type Tell = (progress: ImportProgress) => void

/** Sends the parts, and waits for the reading; answers with whether all is done. */
async function sendParts(
  { client }: Services,
  id: number,
  file: File,
  tell: Tell,
  signal: AbortSignal,
): Promise<boolean> {
  const decoder = new TextDecoder()
  const { name, size } = file
  // Nothing is known of it before the first part is there.
  let answer = { events: 0, readLast: true }
  for (let read = 0; read < file.size;) {
    if (signal.aborted) return false
    const share = (read / size) * (answer.readLast ? sending : 1)
    tell({ name, read, size, events: answer.events, share, sent: false })
    const bytes = await file.slice(read, read + stretch).arrayBuffer()
    read += bytes.byteLength
    const text = decoder.decode(bytes, { stream: read < file.size })
    answer = await client.call('transcript.importPart', { import: id, text })
  }
  if (!answer.readLast) return !signal.aborted
  for (let far = { events: 0, share: 0, done: false }; !far.done && !signal.aborted;) {
    tell({
      name,
      read: size,
      size,
      events: far.events,
      share: sending + far.share * (1 - sending),
      sent: true,
    })
    far = await client.call('transcript.readImport', { import: id })
  }
  return !signal.aborted
}

async function importOne(services: Services, file: File, tell: Tell, signal: AbortSignal): Promise<Imported> {
  const { client } = services
  const { import: id } = await client.call('transcript.beginImport', {})
  try {
    const whole = await sendParts(services, id, file, tell, signal)
    return await client.call('transcript.endImport', { import: id, cancel: !whole })
  } catch (error) {
    await client.call('transcript.endImport', { import: id, cancel: true }).catch(() => undefined)
    throw error
  }
}

/** Characters of a paste that are sent and read in one call: no person waits for it. */
const shortPaste = 1 << 18

/** Reads a text that a person pasted; a long one like a file. Rejects where it cannot be sent or read at all. */
export async function importPasted(
  services: Services,
  text: string,
  tell: Tell = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<Imported> {
  if (text.length > mostCaseText) throw new Error('This is too long for one paste: save it, and choose the file instead.') // prettier-ignore
  const { sessions, problems } =
    text.length > shortPaste
      ? await importOne(services, new File([text], 'the pasted text'), tell, signal)
      : await services.client.call('transcript.import', { text })
  if (sessions.length > 0) reloadList(services)
  return { sessions, problems }
}

/** Reads case files and other programs' texts one after the other; answers with the new sessions and what could not be read, in words. */
export async function importFiles(
  services: Services,
  files: readonly File[],
  tell: Tell = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<Imported> {
  const all: Imported = { sessions: [], problems: [] }
  for (const file of files) {
    if (signal.aborted) break
    try {
      // One after the other keeps one file in memory at a time.
      const answer = await importOne(services, file, tell, signal)
      all.sessions.push(...answer.sessions)
      all.problems.push(...answer.problems.map((problem) => `${file.name}: ${problem}`))
    } catch (error) {
      all.problems.push(`${file.name}: ${wordsOf(error)}`)
    }
  }
  // They may be older than anything in the list: what is in it and how many is asked anew.
  if (all.sessions.length > 0) reloadList(services)
  return all
}
