/** Owns: a code of ours, small, that can be copied: for a search, a ticket, a script. */
import { Button } from 'react-aria-components'
import styles from './CopyCode.module.css'
import { Icon } from './Icon.tsx'
import { useCopy } from './useCopy.ts'

export function CopyCode({ code }: { code: string }) {
  const [answer, copy] = useCopy(code)
  return (
    <>
      <Button className={styles.code ?? ''} aria-label={`${code}, copy the code`} onPress={copy}>
        {code}
        <Icon name={answer === 'copied' ? 'check' : answer === 'refused' ? 'close' : 'copy'} size="xs" />
      </Button>
      <output className="visuallyHidden">
        {answer === 'copied' ? 'Copied to the clipboard.' : answer === 'refused' ? 'Copying is not allowed here.' : ''}
      </output>
    </>
  )
} // prettier-ignore
