/**
 * Owns: deciding by its first character what is imported: a case file is JSON and is read as it comes, whatever its length;
 * everything else is another program's text.
 */
import { CaseImport, type ImportParts } from './importFile.ts'
import { type ImportedText, TextImport } from './importText.ts'

/** Empty characters in front that are passed over. */
const mostBlank = 65_536

export class AnyImport {
  readonly #parts: ImportParts
  #begin = ''
  #file: CaseImport | undefined
  #text: TextImport | undefined
  #stopped = false

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  /** Events read so far. */
  get events(): number {
    return this.#file?.events ?? this.#text?.events ?? 0
  }

  /** The text is only kept as it comes; `work` and `finish` read it. A case file is read as it comes. */
  get readLast(): boolean {
    return this.#text !== undefined
  }

  /** Of that work: 0 to 1, never less than before. */
  get share(): number {
    return this.#text?.share ?? 1
  }

  async push(text: string): Promise<void> {
    if (this.#file) return this.#file.push(text)
    if (this.#text) return this.#text.push(text)
    this.#begin += text
    if (this.#begin.length < mostBlank && this.#begin.trim().replace('\ufeff', '') === '') return undefined
    return this.#decide()
  }

  async #decide(): Promise<void> {
    const text = this.#begin
    this.#begin = ''
    if (text.replace('\ufeff', '').trimStart().startsWith('{')) {
      this.#file = new CaseImport(this.#parts)
      if (this.#stopped) this.#file.stop()
      await this.#file.push(text)
    } else {
      this.#text = new TextImport(this.#parts)
      if (this.#stopped) this.#text.stop()
      this.#text.push(text)
    }
  }

  /** All of it is here: a text is read. It goes on by itself. */
  async work(): Promise<void> {
    await this.#text?.work()
  }

  /** The work ends as soon as its slice is over, that of a case file too. */
  stop(): void {
    this.#file?.stop()
    this.#text?.stop()
    this.#stopped = true
  }

  /** It is over: its sessions are in the list. */
  async finish(): Promise<ImportedText> {
    if (!this.#file && !this.#text) await this.#decide()
    if (this.#text) return this.#text.finish()
    const answer = await this.#file!.finish()
    return { ...answer, form: answer.sessions.length > 0 ? 'case' : null }
  }

  /** Nothing of it stays. */
  async cancel(): Promise<void> {
    await this.#file?.cancel()
    await this.#text?.cancel()
  }
}

/** Does the work of it; once the signal is aborted or something fails, nothing of it stays. Throws RpcError `cancelled`. */
async function unlessCancelled<T>(any: AnyImport, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const stop = (): void => any.stop()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await work()
  } catch (error) {
    await any.cancel()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** It is over, unless the signal is aborted or something fails: then nothing of it stays. Throws RpcError `cancelled`. */
export const finished = (any: AnyImport, signal: AbortSignal): Promise<ImportedText> =>
  unlessCancelled(any, signal, () => any.finish())

/** A whole text at once. */
export async function importAny(parts: ImportParts, text: string, signal = never): Promise<ImportedText> {
  const any = new AnyImport(parts)
  return unlessCancelled(any, signal, async () => {
    await any.push(text)
    return any.finish()
  })
}
const never = new AbortController().signal
