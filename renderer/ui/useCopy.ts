/** Owns: putting a text on the clipboard, and for how long its answer stands. */
import { useEffect, useState } from 'react'

export type CopyAnswer = 'copied' | 'refused' | undefined

/** How long the answer stands, in milliseconds. */
const shownFor = 1600

/** The answer to the last try, and the way to try; a browser may refuse. */
export function useCopy(text: string): [CopyAnswer, () => void] {
  const [answer, setAnswer] = useState<CopyAnswer>()
  useEffect(() => {
    if (answer === undefined) return undefined
    const timer = setTimeout(() => setAnswer(undefined), shownFor)
    return () => clearTimeout(timer)
  }, [answer])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setAnswer('copied')
    } catch {
      setAnswer('refused')
    }
  }
  return [answer, () => void copy()]
}
