/**
 * Owns: a session that left no message: what happened, the reply or the ending that decided, what was found in its
 * dialogue, and the way there.
 */
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { outcomeWord } from '#renderer/model/inboxView.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip, type ChipTone } from '#renderer/ui/Chip.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { narrowQueries, useMedia } from '#renderer/ui/useMedia.ts'
import { Acts } from './Acts.tsx'
import { SessionFindings } from './SessionFindings.tsx'
import styles from './SessionView.module.css'

const tones: Record<MessageDetail['outcome'], ChipTone> = {
  kept: 'good',
  refused: 'bad',
  broken: 'warn',
  idle: 'plain',
}

const stageWords: Partial<Record<string, string>> = {
  tcp: 'after the connection, before any line',
  banner: 'at the greeting',
  ehlo: 'after EHLO',
  starttls: 'at STARTTLS',
  tls: 'after the TLS handshake',
  auth: 'at sign-in (AUTH)',
  mail: 'at the sender (MAIL)',
  rcpt: 'at a recipient (RCPT)',
  data: 'at DATA',
  body: 'during the message',
}

function Facts({ session }: { session: MessageDetail }) {
  const { mailFrom, rcptTo, decided, size, port } = session
  const phase = decided?.phase ?? 'other'
  const failed = phase === 'tls' && !session.sealed
  return (
    <dl className={styles.facts}>
      <dt>Came to</dt>
      <dd>{failed ? 'the TLS handshake' : (stageWords[phase] ?? phase.toUpperCase())}</dd>
      <dt>Client</dt>
      <dd className="mono">{decided?.client ?? 'not recorded'}</dd>
      <dt>Port</dt>
      <dd className="mono">{port}</dd>
      <dt>Sender</dt>
      <dd>{mailFrom === '' ? 'none was given' : mailFrom}</dd>
      <dt>Recipients</dt>
      <dd>{rcptTo.length === 0 ? 'none was given' : rcptTo.join(', ')}</dd>
      <dt>Message</dt>
      <dd>
        {size === 0 ? 'nothing of it arrived' : `${sizeShort(size)} arrived`}
        {decided?.declared !== undefined &&
          `, ${sizeShort(decided.declared)} were announced (SIZE, RFC 1870)`}
      </dd>
    </dl>
  )
}

export function SessionView({ session }: { session: MessageDetail }) {
  const { stores } = useServices()
  const listHidden = useMedia(narrowQueries.sheetLeft)
  const sideHidden = useMedia(narrowQueries.sheetRight)
  const { decided, outcome, subject } = session
  // A handshake is refused without a reply.
  const replied = outcome === 'refused' && decided?.phase !== 'tls'
  const openDialogue = (seq: number) => {
    stores.view.getState().select(session.session, seq)
    goTo({ room: 'dialogue', id: session.session })
  }
  return (
    <div className={styles.view}>
      <header className={styles.head}>
        {listHidden && (
          <IconButton icon="left" label="All messages" onPress={() => goTo({ room: 'inbox', id: '' })} />
        )}
        <div className={styles.title}>
          <h1>{subject}</h1>
          <Chip tone={tones[outcome]}>{outcomeWord[outcome]}</Chip>
        </div>
        <Acts key={session.id} message={session} />
        {sideHidden && (
          <IconButton
            icon="panel"
            label="How it arrived"
            tone="framed"
            onPress={() => stores.view.getState().set({ sideOpen: true })}
          />
        )}
      </header>
      <div className={styles.body}>
        <h2>
          {outcome !== 'refused' ? 'How it ended' : replied ? 'The reply that decided' : 'What decided'}
        </h2>
        <p className={replied ? styles.reply : styles.ending}>
          {decided?.words || 'Nothing was recorded of its end.'}
        </p>
        <SessionFindings session={session.session} onOpen={openDialogue} />
        <Facts session={session} />
        <Button tone="primary" icon="dialogue" onPress={() => openDialogue(decided?.seq ?? 1)}>
          Open its dialogue at that line
        </Button>
      </div>
    </div>
  )
}
