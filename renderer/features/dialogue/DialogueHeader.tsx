/** Owns: the head of a dialogue: where, how it stands, one sentence, and what can be done with the whole of it. */
import { useState } from 'react'
import { removeTranscripts, wordsOf } from '#renderer/flows/transcripts.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { sentence } from '#renderer/model/sentence.ts'
import { sessionName } from '#renderer/model/sessionList.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip, type ChipTone } from '#renderer/ui/Chip.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { tones, type Tone } from '#renderer/ui/ToneIcon.tsx'
import { narrowQueries, useMedia } from '#renderer/ui/useMedia.ts'
import { CompareButton } from './diff/CompareButton.tsx'
import styles from './DialogueView.module.css'
import { FilterButton } from './FilterButton.tsx'
import { RecordingLink } from './replay/RecordingLink.tsx'
import { ReplayButton } from './replay/ReplayButton.tsx'
import { Sentence } from './Sentence.tsx'
import { ShapeSwitch } from './ShapeSwitch.tsx'
import { ShareButton } from './share/ShareButton.tsx'
import type { Session } from './useSession.ts'

const chipTones: Partial<Record<Tone, ChipTone>> = {
  good: 'good',
  warn: 'warn',
  bad: 'bad',
  paused: 'accent',
  live: 'accent',
}

function StatusChip({ session }: { session: Session }) {
  const { summary, gate } = session
  if (!summary) return null
  const paused = (gate?.held !== undefined && gate.goesAt === undefined) || summary.state === 'held'
  const tone: Tone = paused ? 'paused' : summary.state === 'live' ? 'live' : summary.tone
  const words = paused
    ? `Paused ${gate?.why ?? ''}`.trim()
    : summary.state === 'live'
      ? 'Live'
      : summary.words
  return (
    <Chip tone={chipTones[tone] ?? 'plain'} icon={tones[tone].icon}>
      {words}
    </Chip>
  )
}

function RemoveDialog({ session, open, onClose }: { session: Session; open: boolean; onClose: () => void }) {
  const services = useServices()
  const remove = () => {
    onClose()
    removeTranscripts(services, [session.id]).then(
      () => goTo({ room: 'dialogue', id: '' }),
      (error: unknown) =>
        services.stores.view.getState().set({ notice: `It was not deleted. ${wordsOf(error)}` }),
    )
  }
  return (
    <Dialog
      open={open}
      role="alertdialog"
      title="Delete this dialogue?"
      onClose={onClose}
      actions={
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog puts the focus on its safe answer */}
          <Button tone="primary" onPress={onClose} autoFocus>
            Keep it
          </Button>
          <Button tone="danger" icon="trash" onPress={remove}>
            Delete
          </Button>
        </>
      }
    >
      Its lines and bodies are removed from this computer. Messages that it delivered stay in the Inbox.
    </Dialog>
  )
}

export function DialogueHeader({ session }: { session: Session }) {
  const services = useServices()
  const { summary, model, log } = session
  const set = services.stores.view.getState().set
  const listHidden = useMedia(narrowQueries.sheetLeft)
  const sideHidden = useMedia(narrowQueries.sheetRight)
  const [asking, setAsking] = useState(false)
  const name = summary ? sessionName(summary) : { name: 'Dialogue', port: '' }
  return (
    <header className={styles.header}>
      {listHidden && <IconButton icon="list" label="Transcripts" onPress={() => set({ listOpen: true })} />}
      <div className={styles.words}>
        <div className={styles.titleLine}>
          <h1 className={styles.title}>{name.name + name.port}</h1>
          <StatusChip session={session} />
          <RecordingLink summary={summary} />
        </div>
        <Sentence text={sentence(summary, log, model.ladder)} />
      </div>
      <ShapeSwitch http={summary?.protocol === 'http'} />
      <FilterButton session={session} />
      <ShareButton session={session.id} />
      <ReplayButton session={session.id} live={session.live} />
      <CompareButton id={session.id} />
      <IconButton
        icon="trash"
        label="Delete this dialogue"
        isDisabled={session.live}
        onPress={() => setAsking(true)}
      />
      {sideHidden && (
        <IconButton icon="panel" label="Inspector" tone="framed" onPress={() => set({ sideOpen: true })} />
      )}
      <RemoveDialog session={session} open={asking} onClose={() => setAsking(false)} />
    </header>
  )
}
