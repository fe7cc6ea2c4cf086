/** Owns: `relayscope show FILE`: the dialogues of a case file as text or JSON lines, read as a stream. */
import type { FileItem } from '#shared/transcript/reader.ts'
import { TranscriptReader } from '#shared/transcript/reader.ts'
import { describeLine, headLine } from '#shared/transcript/text.ts'
import { createReadStream } from 'node:fs'
import { type ExitStatus, exitStatus, type Io } from '../io.ts'

export interface ShowOptions {
  json: boolean
}

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
  const take = (items: readonly FileItem[]): void => {
    for (const item of items) {
      if (item.type === 'problem') {
        problems++
        io.say(item.line > 0 ? `${file}, line ${item.line}: ${item.message}` : `${file}: ${item.message}`)
      } else io.out(options.json ? `${JSON.stringify(item)}\n` : itemText(item))
    }
  }
  try {
    for await (const piece of read(file)) {
      if (io.cancel.aborted) return exitStatus.cancelled
      take(reader.push(piece))
    }
  } catch (error) {
    io.say(`${file} cannot be read: ${(error as Error).message}`)
    return exitStatus.usage
  }
  take(reader.end())
  return problems === 0 ? exitStatus.ok : exitStatus.findings
}

function itemText(item: Exclude<FileItem, { type: 'problem' }>): string {
  return item.type === 'session' ? `${headLine(item.session)}\n` : `${describeLine(item.event)}\n`
}
