/** Owns: putting a text on the clipboard, and saying that it was. */
import { Button, type ButtonProps } from './Button.tsx'
import { useCopy } from './useCopy.ts'

export interface CopyButtonProps {
  text: string
  /** As "Copy settings". */
  children: string
  tone?: ButtonProps['tone']
}

export function CopyButton({ text, children, tone = 'default' }: CopyButtonProps) {
  const [answer, copy] = useCopy(text)
  return (
    <>
      <Button tone={tone} icon={answer === 'copied' ? 'check' : 'copy'} onPress={copy}>
        {answer === 'copied' ? 'Copied' : answer === 'refused' ? 'Not allowed here' : children}
      </Button>
      <output className="visuallyHidden">{answer === 'copied' ? 'Copied to the clipboard.' : ''}</output>
    </>
  )
}
