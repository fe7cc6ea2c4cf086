/** Owns: one message as a person reads it: subject, envelope, and its views. */
import { useEffect, useState } from 'react'
import { loadChecks } from '#renderer/flows/inboxChecks.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { subjectWords } from '#renderer/model/inbox.ts'
import { gravestCheck } from '#renderer/model/inboxChecks.ts'
import type { MessageTab } from '#renderer/stores/inbox.ts'
import { partCount } from '#renderer/model/inboxView.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Tabs } from '#renderer/ui/Tabs.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { narrowQueries, useMedia } from '#renderer/ui/useMedia.ts'
import { Acts } from './Acts.tsx'
import { ChecksTab } from './ChecksTab.tsx'
import { Envelope } from './Envelope.tsx'
import { HeadersTab } from './HeadersTab.tsx'
import styles from './MessageView.module.css'
import { PartsTab } from './PartsTab.tsx'
import { RenderedTab, type Width } from './RenderedTab.tsx'
import { SourceTab } from './SourceTab.tsx'
import { TextTab } from './TextTab.tsx'
import { useInbox } from './useInbox.ts'

function Head({ message }: { message: MessageDetail }) {
  const { stores } = useServices()
  const listHidden = useMedia(narrowQueries.sheetLeft)
  const sideHidden = useMedia(narrowQueries.sheetRight)
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        {listHidden && (
          <IconButton icon="left" label="All messages" onPress={() => goTo({ room: 'inbox', id: '' })} />
        )}
        <h1>{subjectWords(message.subject)}</h1>
        <Acts key={message.id} message={message} />
        {sideHidden && (
          <IconButton
            icon="panel"
            label="How it arrived"
            tone="framed"
            onPress={() => stores.view.getState().set({ sideOpen: true })}
          />
        )}
      </div>
      <Envelope message={message} />
    </header>
  )
}

function Widths({ width, onWidth }: { width: Width; onWidth: (width: Width) => void }) {
  return (
    <div className={styles.widths}>
      <Segmented<Width>
        label="Width of the message"
        hideLabel
        size="s"
        value={width}
        onChange={onWidth}
        options={[
          { value: 'desktop', label: 'Desktop' },
          { value: 'phone', label: 'Phone' },
        ]}
      />
    </div>
  )
}

export function MessageView({ message }: { message: MessageDetail }) {
  const services = useServices()
  const { id } = message
  const asked = useInbox((inbox) => (inbox.tab?.id === id ? inbox.tab.view : null))
  const view = asked ?? (message.html ? 'rendered' : 'text')
  const gravest = useInbox((inbox) => gravestCheck(inbox.checks?.id === id ? inbox.checks : null))
  const [unchecked, setUnchecked] = useState<string>()
  useEffect(() => {
    let gone = false
    void loadChecks(services, id).then((problem) => !gone && setUnchecked(problem))
    return () => {
      gone = true
    }
  }, [services, id])
  const [width, setWidth] = useState<Width>('desktop')
  const rendered = { id: 'rendered' as const, label: 'Rendered', content: <RenderedTab key={message.id} id={message.id} width={width} /> } // prettier-ignore
  return (
    <div className={styles.view}>
      <Head message={message} />
      <div className={styles.content}>
        <Tabs<MessageTab>
          label="Views of the message"
          selected={view}
          onSelect={(next) => services.stores.inbox.getState().set({ tab: { id, view: next } })}
          {...(view === 'rendered' ? { after: <Widths width={width} onWidth={setWidth} /> } : {})}
          items={[
            ...(message.html ? [rendered] : []),
            { id: 'text', label: 'Text', content: <TextTab message={message} /> },
            {
              id: 'source',
              label: 'Source',
              content: <SourceTab key={message.id} id={message.id} total={message.size} />,
            },
            {
              id: 'parts',
              label: (
                <>
                  Parts <span className={styles.count}>{partCount(message.parts.length)}</span>
                </>
              ),
              content: <PartsTab key={message.id} id={message.id} />,
            },
            {
              id: 'headers',
              label: (
                <>
                  Headers <span className={styles.count}>{message.headers.length}</span>
                </>
              ),
              content: <HeadersTab headers={message.headers} />,
            },
            {
              id: 'checks',
              label: (
                <>
                  Checks{' '}
                  {gravest && (
                    <span className={styles.gravest}>
                      <ToneIcon tone={gravest} />
                      <span className="visuallyHidden">
                        {gravest === 'bad' ? 'something is wrong' : 'something to look at'}
                      </span>
                    </span>
                  )}
                </>
              ),
              content: <ChecksTab key={message.id} id={message.id} problem={unchecked} />,
            },
          ]}
        />
      </div>
    </div>
  )
}
