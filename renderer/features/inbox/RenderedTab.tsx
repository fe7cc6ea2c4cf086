/**
 * Owns: the message as its sender drew it: untrusted paper on a desk. The document comes from the host under a policy of
 * its own, into a frame without any right; what was held back is said, with the one act that fetches it.
 */
import { useEffect, useState } from 'react'
import { loadView } from '#renderer/flows/inbox.ts'
import { useServices } from '#renderer/flows/services.ts'
import { wordsOf } from '#renderer/flows/transcripts.ts'
import { heldBackWords, linkSuspicion } from '#renderer/model/inboxRendered.ts'
import type { MessageView } from '#shared/rpc/contract/inbox.ts'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import styles from './RenderedTab.module.css'

export type Width = 'desktop' | 'phone'

function Links({ links }: Pick<MessageView, 'links'>) {
  return (
    <ul className={styles.links} aria-label="Links of the message">
      {links.map(({ text, href }, place) => (
        <li key={place}>
          <span className={styles.linkText}>{text.trim() || '(no text)'}</span>
          <code className={styles.target}>{href}</code>
          {linkSuspicion({ text, href }) && (
            <span className={styles.warn}>
              <Icon name="warn" size="xs" /> {linkSuspicion({ text, href })}
            </span>
          )}
          <CopyButton text={href}>Copy</CopyButton>
        </li>
      ))}
    </ul>
  )
}

interface NoticeProps {
  view: MessageView
  remote: boolean
  onLoad: () => void
}

function Notice({ view, remote, onLoad }: NoticeProps) {
  const [listed, setListed] = useState(false)
  return (
    <>
      <div className={styles.notice}>
        <Icon name="shield" size="s" />
        <p>{heldBackWords(view, remote)}</p>
        {view.links.length > 0 && (
          <LinkButton expanded={listed} onPress={() => setListed(!listed)}>
            {`${view.links.length} ${view.links.length === 1 ? 'link' : 'links'}`}
          </LinkButton>
        )}
        {view.remoteImages > 0 && !remote && (
          <LinkButton label="Load remote images once" onPress={onLoad}>
            Load once
          </LinkButton>
        )}
      </div>
      {listed && <Links links={view.links} />}
    </>
  )
}

export function RenderedTab({ id, width }: { id: string; width: Width }) {
  const services = useServices()
  const [view, setView] = useState<MessageView | null>(null)
  const [problem, setProblem] = useState<string>()
  const [remote, setRemote] = useState(false)
  useEffect(() => {
    let gone = false
    const read = async () => {
      const found = await loadView(services, id)
      if (gone) return
      if (found === null) setProblem('The HTML of this message cannot be read. Its source shows every octet.')
      else setView(found)
    }
    read().catch((error: unknown) => !gone && setProblem(wordsOf(error)))
    return () => {
      gone = true
    }
  }, [services, id])
  if (problem) return <p className={styles.problem}>{problem}</p>
  if (view === null) return null
  const address = `/mail/${encodeURIComponent(id)}${remote ? '?remote=once' : ''}`
  return (
    <div className={styles.rendered}>
      <Notice view={view} remote={remote} onLoad={() => setRemote(true)} />
      <div className={styles.desk}>
        <iframe
          // A new address would be an entry of the history; a new frame is not.
          key={address}
          title="The message as HTML, without scripts"
          className={cx(styles.paper, width === 'phone' && styles.phone)}
          sandbox=""
          referrerPolicy="no-referrer"
          src={address}
        />
      </div>
    </div>
  )
}
