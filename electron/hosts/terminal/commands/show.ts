/**
 * Owns: `relayscope show FILE`: the dialogues of a case file as text or as JSON lines, read as a stream.
 *
 * Each JSON line is `{"type":"session","session":HEAD,"line":N}` or `{"type":"event","event":EVENT,"line":N}`, HEAD and
 * EVENT as in shared/transcript/event.ts, N the line in the file. What cannot be read is told on standard error by its line, the rest is shown.
 */
import type { FileItem } from '#shared/transcript/reader.ts'
import { TranscriptReader } from '#shared/transcript/reader.ts'
import { describeLine, headLine } from '#shared/transcript/text.ts'
import { createReadStream } from 'node:fs'
import { fileProblem } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, jsonLine } from '../io.ts'

export interface ShowOptions {
  json: boolean
}

const origin = 'Name a case file: what "send --save FILE" writes, or the export of a dialogue in the app.'

/** Text pieces of the file; `-` is standard input. */
export function readPieces(file: string): AsyncIterable<string> {
  return file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8')
}

/** Status 1 when something could not be read: what could be is shown all the same. */
export async function show(
  file: string,
  options: ShowOptions,
  io: Io,
  read: (file: string) => AsyncIterable<string> = readPieces,
): Promise<ExitStatus> {
  const reader = new TranscriptReader()
  let problems = 0
  let sessions = 0
  const take = (items: readonly FileItem[]): void => {
    for (const item of items) {
      if (item.type === 'session') sessions++
      if (item.type === 'problem') {
        problems++
        io.say(item.line > 0 ? `${file}, line ${item.line}: ${item.message}` : `${file}: ${item.message}`)
      } else io.out(options.json ? jsonLine(item) : itemText(item))
    }
  }
  try {
    for await (const piece of read(file)) {
      if (io.cancel.aborted) return exitStatus.cancelled
      take(reader.push(piece))
      await io.taken()
    }
  } catch (error) {
    io.say(fileProblem(file, 'read', error))
    return exitStatus.usage
  }
  take(reader.end())
  if (problems > 0 && sessions === 0) io.say(`${file} holds no dialogue. ${origin}`)
  return problems === 0 ? exitStatus.ok : exitStatus.findings
}

function itemText(item: Exclude<FileItem, { type: 'problem' }>): string {
  return item.type === 'session' ? `${headLine(item.session)}\n` : `${describeLine(item.event)}\n`
}
