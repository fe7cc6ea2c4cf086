/** Owns: reports that came back about relayed mail, newest first: bounces and complaints, each with the mail it speaks of. */
import { useEffect, useState } from 'react'
import { openItem } from '#renderer/flows/relayQueue.ts'
import { loadOlderReports, loadReports } from '#renderer/flows/relayReports.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { spelled } from '#renderer/model/inbox.ts'
import { exactMoment } from '#renderer/model/relayTime.ts'
import type { RelayReport } from '#shared/rpc/contract/relay.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon, type Tone } from '#renderer/ui/ToneIcon.tsx'
import styles from './Dialogs.module.css'
import { useNow, useRelay } from './useRelay.ts'

const kinds: Record<RelayReport['kind'], { tone: Tone; word: string }> = {
  failed: { tone: 'bad', word: 'failed' },
  delayed: { tone: 'later', word: 'delayed' },
  delivered: { tone: 'good', word: 'delivered' },
  relayed: { tone: 'good', word: 'relayed on' },
  expanded: { tone: 'good', word: 'given to a list' },
  abuse: { tone: 'warn', word: 'complaint' },
  other: { tone: 'info', word: 'report' },
}

function Report({ report, onClose }: { report: RelayReport; onClose: () => void }) {
  const services = useServices()
  const now = useNow()
  const { at, kind, recipient, status, words, leg, foundBy, session } = report
  const mail = () => {
    services.stores.view.getState().set({ sideOpen: true })
    if (leg !== undefined) void openItem(services, leg)
    onClose()
  }
  return (
    <li>
      <ToneIcon tone={kinds[kind].tone} word={kinds[kind].word} />
      <span>
        <b>{spelled(recipient)}</b> {status} {spelled(words)}
        <span className={styles.quiet}>
          {' '}
          {exactMoment(at, now)}
          {foundBy && `, found by ${foundBy}`}
        </span>
      </span>
      <span className={styles.links}>
        {leg !== undefined && <LinkButton onPress={mail}>The mail</LinkButton>}
        <LinkButton onPress={() => goTo({ room: 'dialogue', id: session })}>Its dialogue</LinkButton>
      </span>
    </li>
  )
}

export function ReportsDialog({ onClose }: { onClose: () => void }) {
  const services = useServices()
  const { items, state, next } = useRelay((relay) => relay.reports)
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    // The dialog says that they could not be read.
    loadReports(services).catch(() => {})
  }, [services])
  return (
    <Dialog
      open
      wide
      title="Bounces and complaints"
      onClose={onClose}
      actions={
        <Button size="l" onPress={onClose}>
          Close
        </Button>
      }
    >
      <div className={styles.body}>
        {state === 'failed' && <Banner tone="bad">The reports could not be read.</Banner>}
        {state === 'ready' && items.length === 0 && (
          <p>
            None came back yet. A report that arrives at a listener of the relay, or in the Inbox, is read and tied to the
            mail it speaks of (RFC 3464, RFC 5965).
          </p>
        )}
        <ul className={styles.rows}>
          {items.map((report) => (
            <Report key={report.id} report={report} onClose={onClose} />
          ))}
        </ul>
        {problem && <Banner tone="bad">{problem}</Banner>}
        {next !== undefined && (
          <Button tone="quiet" onPress={() => void loadOlderReports(services).then(setProblem)}>
            Older reports
          </Button>
        )}
      </div>
    </Dialog>
  )
} // prettier-ignore
