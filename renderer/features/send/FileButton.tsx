/** Owns: the button that lets a person choose files. */
import type { ReactNode } from 'react'
import { FileTrigger } from 'react-aria-components'
import { Button, type ButtonProps } from '#renderer/ui/Button.tsx'

export interface FileButtonProps extends Pick<ButtonProps, 'icon' | 'tone' | 'size'> {
  children: ReactNode
  /** As `.pem,.crt`; any file when absent. */
  accept?: string
  multiple?: boolean
  onFiles: (files: readonly File[]) => void
}

export function FileButton({ children, accept, multiple, onFiles, ...look }: FileButtonProps) {
  return (
    <FileTrigger
      allowsMultiple={multiple ?? false}
      {...(accept ? { acceptedFileTypes: accept.split(',') } : {})}
      onSelect={(list) => {
        const files = [...(list ?? [])]
        if (files.length > 0) onFiles(files)
      }}
    >
      <Button {...look}>{children}</Button>
    </FileTrigger>
  )
}
