/**
 * Owns: `relayscope show FILE`: the dialogues of a case file as text or as JSON lines, read as a stream. In other formats
 * they are written by showAs.ts, once the file is read.
 *
 * Each JSON line is `{"type":"session","session":HEAD,"line":N}` or `{"type":"event","event":EVENT,"line":N}`, HEAD and
 * EVENT as in shared/transcript/event.ts, N the line in the file. What cannot be read is told on standard error by its line, the rest is shown.
 */
import type { FileItem } from '#shared/transcript/reader.ts'
import { TranscriptReader } from '#shared/transcript/reader.ts'
import { describeLine, headLine } from '#shared/transcript/text.ts'
import { createReadStream } from 'node:fs'
import { fileProblem, GivenError } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, jsonLine } from '../io.ts'
import { asksForFormat, type FileSession, showAs, type ShowAsOptions } from './showAs.ts'

export interface ShowOptions extends ShowAsOptions {
  json: boolean
}

const origin =
  'Name a case file: what "send --save FILE" writes, or the export of a dialogue in the app. What other programs wrote is read by "explain".'

/** Text pieces of the file; `-` is standard input. */
export function readPieces(file: string): AsyncIterable<string> {
  return file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8')
}

/** Status 1 when something could not be read: what could be is shown all the same. Throws GivenError. */
export async function show(
  file: string,
  options: ShowOptions,
  io: Io,
  read: (file: string) => AsyncIterable<string> = readPieces,
): Promise<ExitStatus> {
  const apart = asksForFormat(options)
  if (apart && options.json)
    throw new GivenError('--json shows the file as it is: give --format json instead, or --json alone.')
  const reader = new TranscriptReader()
  const taker = new Taker(file, io, apart ? null : options.json ? jsonLine : itemText)
  try {
    for await (const piece of read(file)) {
      if (io.cancel.aborted) return exitStatus.cancelled
      taker.take(reader.push(piece))
      await io.taken()
    }
  } catch (error) {
    io.say(fileProblem(file, 'read', error))
    return exitStatus.usage
  }
  taker.take(reader.end())
  if (taker.problems > 0 && taker.sessions === 0) io.say(`${file} holds no dialogue. ${origin}`)
  else if (apart) await showAs([...taker.kept.values()], options, io)
  return taker.problems === 0 ? exitStatus.ok : exitStatus.findings
}

type Readable = Exclude<FileItem, { type: 'problem' }>

/** Takes what was read: shows it at once, or keeps it where `print` is null. */
class Taker {
  readonly kept = new Map<string, FileSession>()
  problems = 0
  sessions = 0
  readonly #file: string
  readonly #io: Io
  readonly #print: ((item: Readable) => string) | null

  constructor(file: string, io: Io, print: ((item: Readable) => string) | null) {
    this.#file = file
    this.#io = io
    this.#print = print
  }

  take(items: readonly FileItem[]): void {
    for (const item of items) {
      if (item.type === 'session') this.sessions++
      if (item.type === 'problem') this.#problem(item)
      else if (this.#print !== null) this.#io.out(this.#print(item))
      else if (item.type === 'session') this.kept.set(item.session.id, { head: item.session, events: [] })
      else this.kept.get(item.event.session)?.events.push(item.event)
    }
  }

  #problem({ line, message }: Extract<FileItem, { type: 'problem' }>): void {
    this.problems++
    this.#io.say(line > 0 ? `${this.#file}, line ${line}: ${message}` : `${this.#file}: ${message}`)
  }
}

function itemText(item: Readable): string {
  return item.type === 'session' ? `${headLine(item.session)}\n` : `${describeLine(item.event)}\n`
}
