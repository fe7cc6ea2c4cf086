/** Owns: the files that go along: dropped or chosen, listed with size and type, removed one by one. */
import { attach, detach } from '#renderer/flows/sendFiles.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { FormFile } from '#renderer/model/composeCounts.ts'
import { maxAttachments } from '#shared/rpc/contract/message.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { FileButton } from './FileButton.tsx'
import styles from './MessageTabs.module.css'
import { useCompose, useProblem } from './useDraft.ts'
import { useFileDrop } from './useFileDrop.ts'

function File({ file }: { file: FormFile }) {
  const services = useServices()
  return (
    <li className={styles.file}>
      <Icon name="attachment" size="s" />
      <span className={styles.name}>{file.name}</span>
      <span className={styles.quiet}>{file.type || 'type by its name'}</span>
      <span className={styles.quiet}>{sizeShort(file.size)}</span>
      <IconButton
        icon="close"
        size="s"
        label={`Remove ${file.name}`}
        onPress={() => detach(services, file.id)}
      />
    </li>
  )
}

export function AttachmentsTab() {
  const services = useServices()
  const files = useCompose((compose) => compose.files)
  const problem = useProblem('attachments')
  const take = (taken: readonly globalThis.File[]) => attach(services, taken)
  const { over, ...drop } = useFileDrop(take)
  return (
    <fieldset
      className={cx(styles.drop, over && styles.over)}
      aria-label="Attachments"
      data-field="attachments"
      {...drop}
    >
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
      {files.length > 0 && (
        <ul className={styles.files} aria-label="Files that go along">
          {files.map((file) => (
            <File key={file.id} file={file} />
          ))}
        </ul>
      )}
      <div className={styles.choose}>
        <Icon name="attachment" size="s" />
        <span>Drop files here, {sizeShort(maxAttachments)} together at most</span>
        <FileButton multiple onFiles={take}>
          Choose files
        </FileButton>
      </div>
    </fieldset>
  )
}
