/** Owns: the middle of the room: its head, and below it all rules or why one attempt was decided as it was. */
import { useServices } from '#renderer/flows/services.ts'
import { openCount } from '#renderer/model/relayQueue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { narrowQueries, useMedia } from '#renderer/ui/useMedia.ts'
import { AllRules } from './AllRules.tsx'
import styles from './Rules.module.css'
import { TryAnother } from './TryAnother.tsx'
import { useRelay } from './useRelay.ts'
import { Why } from './Why.tsx'

/** Where the columns beside are sheets, these open them. */
function Beside() {
  const { stores } = useServices()
  const queueAway = useMedia(narrowQueries.sheetRight)
  const placesAway = useMedia(narrowQueries.sheetLeft)
  const open = useRelay(({ status }) => (status === null ? 0 : openCount(status.counts)))
  const { set } = stores.view.getState()
  return (
    <>
      {placesAway && (
        <Button icon="server" onPress={() => set({ listOpen: true })}>
          Listeners
        </Button>
      )}
      {queueAway && (
        <Button icon="relay" onPress={() => set({ sideOpen: true })}>
          Queue{open > 0 && ` ${open.toLocaleString('en-US')}`}
        </Button>
      )}
    </>
  )
}

function Head() {
  const { stores } = useServices()
  const view = useRelay((relay) => relay.view)
  const count = useRelay((relay) => relay.rules?.rules.length)
  const narrow = useMedia(narrowQueries.sheetLeft)
  const { set } = stores.relay.getState()
  return (
    <header className={styles.head}>
      <h1>
        <span className="visuallyHidden">Relay: </span>Rules
      </h1>
      {count !== undefined && !narrow && <Chip>{count.toLocaleString('en-US')} in force</Chip>}
      <span className={styles.space} />
      <Segmented
        label="Show"
        hideLabel
        value={view}
        onChange={(next) => set({ view: next })}
        options={[
          { value: 'all', label: 'All rules' },
          { value: 'why', label: 'Why this attempt' },
        ]}
      />
      <Button icon="import" aria-label="Paste configuration" onPress={() => set({ asks: { what: 'text' } })}>
        {narrow ? 'Paste' : 'Paste configuration'}
      </Button>
      <Beside />
    </header>
  )
}

export function Rules() {
  const view = useRelay((relay) => relay.view)
  return (
    <div className={styles.column}>
      <Head />
      {view === 'all' ? <AllRules /> : <Why />}
      <TryAnother />
    </div>
  )
}
