/** Owns: a message that goes as it is: a dropped .eml, or pasted text. */
import { useServices } from '#renderer/flows/services.ts'
import { pasteRaw, takeRaw } from '#renderer/flows/sendFiles.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { FileButton } from './FileButton.tsx'
import styles from './MessageTabs.module.css'
import { useCompose, useProblem } from './useDraft.ts'
import { useFileDrop } from './useFileDrop.ts'

function TakenFile({ name, size }: { name: string; size: number }) {
  const { stores } = useServices()
  const { set, forgetProblem, preview } = stores.compose.getState()
  const remarks = preview.state === 'ready' ? preview.preview.remarks : []
  const remove = () => {
    set({ raw: null })
    forgetProblem('raw')
  }
  return (
    <div className={styles.taken}>
      <div className={styles.file}>
        <Icon name="mail" size="s" />
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>{sizeShort(size)}</span>
        <Button className={styles.small} onPress={remove}>
          Remove
        </Button>
      </div>
      <p className={styles.quiet}>
        Its octets go as they are. Sender and recipients are those of From and To here, or of its header
        fields where those are empty.
      </p>
      {remarks.map((remark) => (
        <p key={remark} className={styles.quiet}>
          {remark}
        </p>
      ))}
    </div>
  )
}

export function RawTab() {
  const services = useServices()
  const raw = useCompose((compose) => compose.raw)
  const problem = useProblem('raw')
  const take = ([file]: readonly File[]) => file && takeRaw(services, file)
  const { over, ...drop } = useFileDrop(take)
  const isFile = raw !== null && raw.file !== null
  return (
    <fieldset
      className={cx(styles.drop, over && styles.over)}
      aria-label="Raw message"
      data-field="raw"
      {...drop}
    >
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
      {isFile ? (
        <TakenFile name={raw.name} size={raw.size} />
      ) : (
        <textarea
          aria-label="Raw message"
          className={styles.source}
          value={raw?.text ?? ''}
          spellCheck={false}
          placeholder={'From: you@example.com\nSubject: pasted or dropped, sent instead of the form\n\nText'}
          onChange={(event) => pasteRaw(services, event.target.value)}
        />
      )}
      {!isFile && (
        <div className={styles.choose}>
          <Icon name="mail" size="s" />
          <span>Drop an .eml file here; pasted lines are sent with CRLF</span>
          <FileButton accept=".eml,.txt,message/rfc822" onFiles={take}>
            Choose a file
          </FileButton>
        </div>
      )}
    </fieldset>
  )
}
