/** Owns: where the dialogue ends before its end, and how. */
import { Radio, RadioGroup } from 'react-aria-components'
import { useServices } from '#renderer/flows/services.ts'
import { stopPlaces, stopWays, type StopPlace, type StopWay } from '#renderer/model/compose.ts'
import { stopWayWords, stopWords } from '#renderer/model/composeWords.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './StopDialog.module.css'
import { useCompose, useDraft, useProblem } from './useDraft.ts'
import { useFieldFocus } from './useFieldFocus.ts'

const ways: readonly { value: StopWay; label: string }[] = stopWays.map((value) => ({
  value,
  label: { usual: 'As usual', quit: 'QUIT', close: 'Close', reset: 'Reset' }[value],
}))

/** The number that a place needs, if it needs one. */
function Count({ place }: { place: StopPlace }) {
  const { draft, change } = useDraft()
  const problem = useProblem('stop')
  if (place === 'recipient')
    return (
      <TextField label="Recipient, counted from 1" mono inputMode="numeric" value={draft.stopRecipient} onChange={(stopRecipient) => change({ stopRecipient }, 'stop')} error={problem} />
    )
  if (place === 'octets')
    return (
      <TextField label="Octets of the message that go out" mono inputMode="numeric" value={draft.stopOctets} onChange={(stopOctets) => change({ stopOctets }, 'stop')} error={problem} />
    )
  return problem ? (
    <p className={styles.problem} role="alert">
      {problem}
    </p>
  ) : null
} // prettier-ignore

function Places() {
  const { draft, change } = useDraft()
  return (
    <RadioGroup
      aria-label="Stop"
      value={draft.stopAfter}
      onChange={(value) => {
        const place = stopPlaces.find((known) => known === value)
        if (place) change({ stopAfter: place }, 'stop')
      }}
      className={styles.places ?? ''}
    >
      {stopPlaces.map((place) => (
        <Radio key={place} value={place} className={styles.place ?? ''}>
          <i className={styles.mark} />
          {stopWords[place]}
        </Radio>
      ))}
    </RadioGroup>
  )
}

function Content() {
  const { draft, change } = useDraft()
  const within = useFieldFocus(true)
  return (
    <div className={styles.columns} ref={within}>
      <Places />
      <div className={styles.how} data-field="stop">
        <Count place={draft.stopAfter} />
        {draft.stopAfter !== 'end' && (
          <>
            <Segmented<StopWay>
              label="Then end it"
              stretch
              value={draft.stopHow}
              options={ways}
              onChange={(stopHow) => change({ stopHow }, 'stop')}
            />
            <p className={styles.note}>{stopWayWords[draft.stopHow]}</p>
          </>
        )}
        {draft.stopAfter === 'end' && (
          <p className={styles.note}>
            The whole message is sent, then QUIT. Stop earlier to see what a server does with a client that
            goes away.
          </p>
        )}
      </div>
    </div>
  )
}

export function StopDialog() {
  const { stores } = useServices()
  const open = useCompose((compose) => compose.sheet === 'stop')
  const close = () => stores.compose.getState().set({ sheet: null })
  return (
    <Dialog
      open={open}
      title="Where it stops"
      wide
      onClose={close}
      actions={
        <Button tone="primary" onPress={close}>
          Done
        </Button>
      }
    >
      <Content />
    </Dialog>
  )
}
