/** Owns: the acts below the form: stepping, where it stops, checking, sending. */
import { send } from '#renderer/flows/send.ts'
import { useServices } from '#renderer/flows/services.ts'
import { stopShort, stopWords } from '#renderer/model/composeWords.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { Tooltip } from '#renderer/ui/Tooltip.tsx'
import styles from './Form.module.css'
import { useCompose, useDraft } from './useDraft.ts'

function Stop() {
  const { stores } = useServices()
  const place = useCompose((compose) => compose.draft.stopAfter)
  const words = stopWords[place]
  return (
    <Button
      tone="quiet"
      size="l"
      className={styles.stop}
      aria-haspopup="dialog"
      aria-label={place === 'end' ? `Stop after: ${words}` : `${stopShort[place]}: ${words}`}
      onPress={() => stores.compose.getState().set({ sheet: 'stop' })}
    >
      {place === 'end' ? stopShort.end : <b className={styles.unusual}>{stopShort[place]}</b>}
    </Button>
  )
}

export function Foot({ commandKey }: { commandKey: string }) {
  const services = useServices()
  const { draft, change } = useDraft()
  const starting = useCompose((compose) => compose.starting)
  const live = useCompose((compose) => compose.run !== null && compose.run.result === null)
  const again = useCompose((compose) => compose.run !== null && compose.run.purpose !== 'check')
  const http = draft.way === 'http'
  const stops = draft.stopAfter !== 'end' && !http
  return (
    <div className={styles.foot}>
      {!http && (
        <>
          <Switch selected={draft.step} onChange={(step) => change({ step })} hint="pause before every line">
            Step through
          </Switch>
          <Stop />
        </>
      )}
      <span className={styles.space} />
      {!http && (
        <Tooltip text="Connects, signs in and names the recipients. DATA is never said.">
          <Button
            size="l"
            isDisabled={starting || live}
            onPress={() => void send(services, { purpose: 'check' })}
          >
            Check only, send nothing
          </Button>
        </Tooltip>
      )}
      <Button
        tone="primary"
        size="l"
        icon="send"
        keyHint={`${commandKey} Enter`}
        isDisabled={starting || live}
        onPress={() => void send(services)}
      >
        {stops ? 'Run' : again ? 'Send again' : 'Send'}
      </Button>
    </div>
  )
}
