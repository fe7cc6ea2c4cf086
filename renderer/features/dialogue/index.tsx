/** Owns: the Dialogue room: list, ladder, inspector; the first run's doors while nothing has happened yet. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { stayAt } from '#renderer/flows/route.ts'
import { useServices, useTranscripts, useView } from '#renderer/flows/services.ts'
import { SplitPane } from '#renderer/ui/SplitPane.tsx'
import { DialogueView } from './DialogueView.tsx'
import { DiffRoom } from './diff/DiffRoom.tsx'
import { DropTarget } from './DropTarget.tsx'
import { FirstRun } from './FirstRun.tsx'
import { TranscriptList } from './TranscriptList.tsx'
import { useSession } from './useSession.ts'

function OneDialogue({ id }: { id: string }) {
  return <DialogueView session={useSession(id)} />
}

/** The list stays while the dialogue beside it changes: it has the focus and its place in a long list. */
function ListAndDialogue({ id, other }: { id: string; other: string | undefined }) {
  const { stores } = useServices()
  const listOpen = useView((view) => view.listOpen)
  const set = stores.view.getState().set
  return (
    <SplitPane
      centerLabel={other ? 'Diff' : 'Dialogue'}
      list={{
        label: 'Transcripts',
        content: <TranscriptList selected={id} />,
        open: listOpen,
        onClose: () => set({ listOpen: false }),
      }}
      center={other ? <DiffRoom left={id} right={other} /> : <OneDialogue key={id} id={id} />}
    />
  )
}

/** Where the eyes are when a dialogue takes the place of the doors: the list, or what there is of the dialogue. */
const takesFocus = '[data-pane="list"] [role="listbox"], [data-pane="center"] [tabindex="0"]'

/** The doors are gone, and with them what had the focus: it goes to what stands there now. */
function useFocusFromDoors(doors: boolean): (gone: boolean) => void {
  const had = useRef(false)
  useLayoutEffect(() => {
    if (doors || !had.current) return
    had.current = false
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(takesFocus)?.focus()
  }, [doors])
  return useCallback((focused: boolean) => {
    had.current = focused
  }, [])
}

export default function DialogueRoom() {
  const asked = useView((view) => view.route.id)
  const other = useView((view) => view.route.other)
  const newest = useTranscripts((transcripts) => transcripts.order[0])
  const ready = useTranscripts((transcripts) => transcripts.list !== 'loading')
  const services = useServices()
  // Who is typing at a door goes on: what comes meanwhile is said, and shown when it is asked for.
  const [typing, setTyping] = useState(false)
  const id = asked || (typing ? undefined : newest)
  const onGone = useFocusFromDoors(!id)
  useEffect(() => {
    // From here on it is the one asked for: a newer session must not take its place under the reader's eyes.
    if (asked === '' && id !== undefined) stayAt(services, { room: 'dialogue', id })
  }, [services, asked, id])
  const arrived = newest === undefined ? undefined : () => setTyping(false)
  return (
    <DropTarget>
      {id ? (
        <ListAndDialogue id={id} other={other} />
      ) : (
        ready && <FirstRun arrived={arrived} onTyping={setTyping} onGone={onGone} />
      )}
    </DropTarget>
  )
}
