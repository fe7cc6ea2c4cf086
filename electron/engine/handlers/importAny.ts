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

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  /** Events read so far. */
  get events(): number {
    return this.#file?.events ?? this.#text?.events ?? 0
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
      await this.#file.push(text)
    } else {
      this.#text = new TextImport(this.#parts)
      this.#text.push(text)
    }
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
  }
}

/** A whole text at once. */
export async function importAny(parts: ImportParts, text: string): Promise<ImportedText> {
  const any = new AnyImport(parts)
  await any.push(text)
  return any.finish()
}
