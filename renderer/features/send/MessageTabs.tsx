/** Owns: the parts of the message, one at a time, and what they come to: octets and parts, counted by the engine. */
import { useEffect, useId } from 'react'
import { followPreview } from '#renderer/flows/preview.ts'
import { useServices } from '#renderer/flows/services.ts'
import { longLineWords, previewWords } from '#renderer/model/composeCounts.ts'
import { messageWords } from '#renderer/model/composeWords.ts'
import type { Tab } from '#renderer/model/composeFields.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Tabs } from '#renderer/ui/Tabs.tsx'
import { AttachmentsTab } from './AttachmentsTab.tsx'
import styles from './MessageTabs.module.css'
import { RawTab } from './RawTab.tsx'
import { useCompose, useDraft, useProblem } from './useDraft.ts'

/** Size and parts; nothing while the form cannot be composed yet, because its fields say why when it is sent. */
function Size() {
  const services = useServices()
  useEffect(() => followPreview(services), [services])
  const preview = useCompose((compose) => compose.preview)
  if (preview.state !== 'ready') return null
  const long = longLineWords(preview.preview)
  return (
    <span className={styles.size} title={long}>
      {long !== '' && (
        <>
          <Icon name="warn" size="xs" className={styles.warn} />
          <span className="visuallyHidden">{long}</span>
        </>
      )}
      {previewWords(preview.preview, preview.unread)}
    </span>
  )
}

/** Size, and the way to everything less usual about the message. */
function After() {
  const { stores } = useServices()
  const { draft } = useDraft()
  const unusual = messageWords(draft)
  return (
    <span className={styles.after}>
      <Size />
      <Button
        tone="quiet"
        className={styles.more}
        aria-haspopup="dialog"
        aria-label={`More of the message${unusual.length > 0 ? `: ${unusual.join(', ')}` : ''}`}
        onPress={() => stores.compose.getState().set({ sheet: 'message' })}
      >
        {unusual.length > 0 ? <b className={styles.unusual}>More ({unusual.length}) …</b> : 'More …'}
      </Button>
    </span>
  )
}

function Instead() {
  const { stores } = useServices()
  return (
    <div className={styles.instead}>
      <Icon name="info" size="s" />
      <span>A raw message is sent as it is. What stands here waits.</span>
      <Button className={styles.small} onPress={() => stores.compose.getState().set({ tab: 'raw' })}>
        Look at it
      </Button>
    </div>
  )
}

interface AreaProps {
  field: 'text' | 'html'
  label: string
  placeholder: string
  mono?: boolean
}

function Area({ field, label, placeholder, mono }: AreaProps) {
  const { draft, change } = useDraft()
  const id = useId()
  const problem = useProblem(field)
  const raw = useCompose((compose) => compose.raw !== null)
  return (
    <div className={styles.area} data-field={field}>
      {raw && <Instead />}
      <textarea
        id={id}
        aria-label={label}
        className={mono ? styles.source : styles.text}
        value={draft[field]}
        placeholder={placeholder}
        spellCheck={!mono}
        onChange={(event) => change({ [field]: event.target.value }, field)}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
      />
      {problem && (
        <div id={`${id}-problem`} className={styles.problem}>
          {problem}
        </div>
      )}
    </div>
  )
}

function AttachmentsLabel() {
  const count = useCompose((compose) => compose.files.length)
  return (
    <>
      Attachments
      {count > 0 && <span className={styles.count}>{count}</span>}
    </>
  )
}

function RawLabel() {
  const raw = useCompose((compose) => compose.raw !== null)
  return (
    <>
      Raw
      {raw && <span className={styles.count}>sent</span>}
    </>
  )
}

export function MessageTabs() {
  const { stores } = useServices()
  const tab = useCompose((compose) => compose.tab)
  const html = useCompose((compose) => compose.draft.html.trim() !== '')
  const htmlLabel = (
    <>
      HTML
      {html && <i className={styles.dot} />}
      {html && <span className="visuallyHidden">has content</span>}
    </>
  )
  return (
    <div className={styles.tabs}>
      <Tabs<Tab>
        label="Parts of the message"
        fill
        selected={tab}
        onSelect={(next) => stores.compose.getState().set({ tab: next })}
        after={<After />}
        items={[
          { id: 'text', label: 'Text', content: <Area field="text" label="Text" placeholder="Write something you will recognise." /> },
          { id: 'html', label: htmlLabel, content: <Area field="html" label="HTML" mono placeholder="<p>Beside the text, for readers that show HTML.</p>" /> },
          { id: 'attachments', label: <AttachmentsLabel />, content: <AttachmentsTab /> },
          { id: 'raw', label: <RawLabel />, content: <RawTab /> },
        ]}
      />
    </div>
  )
} // prettier-ignore
