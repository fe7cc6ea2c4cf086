/** Owns: putting a text on the clipboard, and saying that it was. */
import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './Button.tsx'

export interface CopyButtonProps {
  text: string
  /** As "Copy settings". */
  children: string
  tone?: ButtonProps['tone']
}

/** How long the answer stands, in milliseconds. */
const shownFor = 1600

export function CopyButton({ text, children, tone = 'default' }: CopyButtonProps) {
  const [answer, setAnswer] = useState<'copied' | 'refused'>()
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
  return (
    <>
      <Button tone={tone} icon={answer === 'copied' ? 'check' : 'copy'} onPress={() => void copy()}>
        {answer === 'copied' ? 'Copied' : answer === 'refused' ? 'Not allowed here' : children}
      </Button>
      <output className="visuallyHidden">{answer === 'copied' ? 'Copied to the clipboard.' : ''}</output>
    </>
  )
}
