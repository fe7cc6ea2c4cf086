/** Owns: values in a ticket: cut first, so that a banner of a megabyte costs nothing, then made harmless. */
import { code, sentence } from '../transcript/export/markdownText.ts'
import { shortSentence } from '../transcript/shortened.ts'

const mostSentence = 600
const mostName = 120

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

/** A sentence for a person. */
export const say = (text: string): string => sentence(cut(shortSentence(text), mostSentence))

/** A name, an address, a value: as code. */
export const name = (text: string): string => code(cut(text, mostName))

/** A row of a table. Cells are Markdown that `say` or `name` made, or plain words. */
export const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The line below a table's head. */
export const rule = (columns: number): string => `|${'---|'.repeat(columns)}`
