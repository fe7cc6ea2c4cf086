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
}

export interface Imported {
  sessions: string[]
  problems: string[]
}

/** Octets taken from the file at a time: as text they are no longer than a part may be. */
const stretch = mostCasePart

/** Sends the parts; answers with whether all were sent. */
async function sendParts(
  { client }: Services,
  id: number,
  file: File,
  tell: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const decoder = new TextDecoder()
  let events = 0
  for (let read = 0; read < file.size;) {
    if (signal.aborted) return false
    tell({ name: file.name, read, size: file.size, events })
    const bytes = await file.slice(read, read + stretch).arrayBuffer()
    read += bytes.byteLength
    const text = decoder.decode(bytes, { stream: read < file.size })
    const answer = await client.call('transcript.importPart', { import: id, text })
    events = answer.events
  }
  return !signal.aborted
}

async function importOne(
  services: Services,
  file: File,
  tell: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<Imported> {
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

/** Reads a text that a person pasted. */
export async function importPasted(services: Services, text: string): Promise<Imported> {
  if (text.length > mostCaseText) throw new Error('This is too long for one paste: save it, and choose the file instead.') // prettier-ignore
  const { sessions, problems } = await services.client.call('transcript.import', { text })
  if (sessions.length > 0) reloadList(services)
  return { sessions, problems }
}

/** Reads case files and other programs' texts one after the other; answers with the new sessions and what could not be read, in words. */
export async function importFiles(
  services: Services,
  files: readonly File[],
  tell: (progress: ImportProgress) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<Imported> {
  const all: Imported = { sessions: [], problems: [] }
  for (const file of files) {
    if (signal.aborted) break
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other keeps one file in memory at a time
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
