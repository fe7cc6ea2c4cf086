/** Owns: the form as a whole: its parts, where focus goes when something is wrong, and the acts below it. */
import { useEffect, useRef } from 'react'
import { followServer } from '#renderer/flows/server.ts'
import { send } from '#renderer/flows/send.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { atListener, emptyDraft } from '#renderer/model/compose.ts'
import { firstProblem } from '#renderer/model/composeRequest.ts'
import { clientTls, mainListener, portOf } from '#renderer/model/server.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import styles from './Form.module.css'
import { MessageGroup } from './MessageGroup.tsx'
import { SignInGroup } from './SignInGroup.tsx'
import { useCompose, useDraft, useProblem } from './useDraft.ts'
import { WhereGroup } from './WhereGroup.tsx'

/** Moves focus to the first field that is wrong, once for each attempt. */
function useFocusOnProblem() {
  const form = useRef<HTMLDivElement>(null)
  const { stores } = useServices()
  const attempts = useCompose((compose) => compose.attempts)
  // A form that comes to the front with problems in it is an attempt that was not answered yet.
  const seen = useRef(firstProblem(stores.compose.getState().problems) ? -1 : attempts)
  useEffect(() => {
    if (seen.current === attempts) return
    seen.current = attempts
    const field = firstProblem(stores.compose.getState().problems)
    const place = field && form.current?.querySelector(`[data-field="${field}"]`)
    const target =
      place?.querySelector<HTMLElement>('input:not([type=radio]), textarea') ??
      place?.querySelector<HTMLElement>('input, button')
    target?.focus()
  }, [attempts, stores])
  return form
}

/** Aims the form at the local server while that listens. */
function LocalServerDoor() {
  const services = useServices()
  const status = useField((stores) => stores.server, (server) => server.status) // prettier-ignore
  useEffect(() => followServer(services), [services])
  const listener = mainListener(status)
  const { draft, change } = useDraft()
  if (!listener) return null
  return (
    <Button
      size="l"
      icon="server"
      onPress={() => change(atListener(draft, portOf(listener), clientTls(listener.tls)), 'host', 'port')}
    >
      Use local server
    </Button>
  )
}

function Foot({ commandKey }: { commandKey: string }) {
  const services = useServices()
  const { draft, change } = useDraft()
  const starting = useCompose((compose) => compose.starting)
  const live = useCompose((compose) => compose.run !== null && compose.run.result === null)
  const again = useCompose((compose) => compose.run !== null)
  return (
    <div className={styles.foot}>
      <Switch selected={draft.step} onChange={(step) => change({ step })} hint="pause before every line">
        Step through
      </Switch>
      <span className={styles.space} />
      <LocalServerDoor />
      <Button
        tone="primary"
        size="l"
        icon="send"
        keyHint={`${commandKey} Enter`}
        isDisabled={starting || live}
        onPress={() => void send(services)}
      >
        {again ? 'Send again' : 'Send'}
      </Button>
    </div>
  )
}

function StartOver() {
  const { stores } = useServices()
  const { change } = useDraft()
  const clear = () => {
    change(emptyDraft())
    stores.compose.getState().setPassword('')
    stores.compose.getState().setProblems({})
  }
  return (
    <Button tone="quiet" icon="again" onPress={clear}>
      Empty the form
    </Button>
  )
}

export function SendForm({ commandKey }: { commandKey: string }) {
  const form = useFocusOnProblem()
  const problem = useProblem('form')
  return (
    <div className={styles.form} ref={form}>
      <header className={styles.head}>
        <h1>Send a test message</h1>
        <span className={styles.space} />
        <StartOver />
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls in a small window, so the keyboard must reach it */}
      <div className={styles.body}>
        {problem && (
          <div className={styles.formProblem}>
            <Banner tone="bad" live="alert">
              {problem}
            </Banner>
          </div>
        )}
        <WhereGroup />
        <SignInGroup />
        <MessageGroup />
      </div>
      <Foot commandKey={commandKey} />
    </div>
  )
}
