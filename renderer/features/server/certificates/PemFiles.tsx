/** Owns: choosing PEM files, and saying what is wrong with one of them. */
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { readPemFiles } from '#renderer/flows/certificates.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Certificates.module.css'

export interface PemFilesProps {
  onRead: (read: { certificates: string; keys: string }) => void
}

export function PemFiles({ onRead }: PemFilesProps) {
  const [wrong, setWrong] = useState<string>()
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return
    const read = await readPemFiles(files)
    if (typeof read === 'string') return setWrong(read)
    setWrong(undefined)
    onRead(read)
  }
  return (
    <div className={styles.files}>
      <FileTrigger
        allowsMultiple
        acceptedFileTypes={['.pem', '.crt', '.cer', '.key']}
        onSelect={(list) => void take([...(list ?? [])])}
      >
        <Button icon="file">Choose files</Button>
      </FileTrigger>
      <span className={styles.quiet}>PEM, certificate and key in one file or several; or paste them.</span>
      {wrong && (
        <p className={styles.wrong} role="alert">
          <Icon name="bad" size="xs" />
          {wrong}
        </p>
      )}
    </div>
  )
}
