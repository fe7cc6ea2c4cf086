/** Owns: what is said of a pasted text before it is opened: which form it has, how long it is, or why it is none. */
import { formNames, recognise, type Form } from '#shared/transcript/import/import.ts'
import { countWords } from './measures.ts'

/** Characters that are shown in a field: Chromium lays out every line of a field again at each key. */
export const longestShown = 100_000

export interface PasteVerdict {
  form: Form | null
  words: string
}

export function pasteVerdict(text: string): PasteVerdict {
  if (text.trim() === '') return { form: null, words: '' }
  const { form, problem } = recognise(text)
  if (form !== null) return { form, words: `Reads as ${formNames[form]}, ${countWords(linesOf(text), 'line')}.` } // prettier-ignore
  return { form, words: problem ?? 'No line of this looks like SMTP yet: no reply code, no command, no mark of a program that is known here.' } // prettier-ignore
}

/** Lines that are not empty at the end; counted without cutting the text. */
function linesOf(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return text.endsWith('\n') ? lines : lines + 1
}

/** A few lines from the beginning of a text that is too long to be shown. */
export const beginningOf = (text: string): string => text.slice(0, 2000).split('\n', 12).join('\n')
