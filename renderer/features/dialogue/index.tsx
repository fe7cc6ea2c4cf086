/** Owns: the Dialogue room: list, ladder, inspector; the first run's doors while nothing has happened yet. */
import { useServices, useTranscripts, useView } from '#renderer/flows/services.ts'
import { SplitPane } from '#renderer/ui/SplitPane.tsx'
import { DialogueView } from './DialogueView.tsx'
import { DropTarget } from './DropTarget.tsx'
import { FirstRun } from './FirstRun.tsx'
import { TranscriptList } from './TranscriptList.tsx'
import { useSession } from './useSession.ts'

function OneDialogue({ id }: { id: string }) {
  const session = useSession(id)
  const { stores } = useServices()
  const listOpen = useView((view) => view.listOpen)
  const set = stores.view.getState().set
  return (
    <SplitPane
      centerLabel="Dialogue"
      list={{
        label: 'Transcripts',
        content: <TranscriptList selected={id} />,
        open: listOpen,
        onClose: () => set({ listOpen: false }),
      }}
      center={<DialogueView session={session} />}
    />
  )
}

export default function DialogueRoom() {
  const asked = useView((view) => view.route.id)
  const newest = useTranscripts((transcripts) => transcripts.order[0])
  const ready = useTranscripts((transcripts) => transcripts.list !== 'loading')
  const id = asked || newest
  return <DropTarget>{id ? <OneDialogue key={id} id={id} /> : ready && <FirstRun />}</DropTarget>
}
