/** Owns: the line on top: what is tested, as what, the button that begins or ends it, and the way to the options. */
import { useEffect, useRef, type FocusEvent, type FormEvent, type MouseEvent } from 'react'
import { startTest, stopTest } from '#renderer/flows/probe.ts'
import { useAway, useServices } from '#renderer/flows/services.ts'
import { isOption, optionWords, probeFields } from '#renderer/model/probeForm.ts'
import { whenWords } from '#renderer/model/probeHistory.ts'
import { timeWords } from '#renderer/model/probeRow.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { Options } from './Options.tsx'
import { useCompare, type ShownProbe } from './useCompare.ts'

const kinds = [
  { value: 'server', label: 'Submission server' },
  { value: 'domain', label: 'Mail domain (MX)' },
] as const

/** Focus goes to the first field that is wrong, after each attempt. */
function useFocusOnProblem() {
  const { stores } = useServices()
  const attempts = useCompare((probe) => probe.attempts)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (attempts === 0) return
    const { problems, set } = stores.probe.getState()
    const first = probeFields.find((field) => problems[field] !== undefined)
    if (first === undefined) return
    if (isOption(first)) set({ optionsOpen: true })
    // The fold-out is drawn by then.
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>(`[data-field=${first}] :is(input, textarea, button)`)?.focus(),
    )
  }, [stores, attempts])
  return form
}

function Told({ probe }: { probe: ShownProbe | undefined }) {
  const { stores } = useServices()
  const { report } = probe ?? {}
  return (
    <div className={styles.told}>
      <span className={styles.promise} title="No password is sent during a test">
        <Icon name="shield" size="s" />
        <span>No password is sent during a test</span>
      </span>
      {report && (
        <span className={styles.took}>
          {whenWords(Date.parse(report.startedAt))}
          {report.took === undefined ? '' : `, took ${timeWords(report.took)}`}
        </span>
      )}
      <IconButton
        icon="clock"
        label="Earlier tests"
        tone="framed"
        onPress={() => stores.probe.getState().set({ historyOpen: true })}
      />
    </div>
  )
}

/** The second click of a double click falls on the button that took the place of the first one: it wishes nothing. */
const dropSecondClick = (event: MouseEvent): void => {
  if (event.detail < 2 || !(event.target instanceof Element) || !event.target.closest('[data-act]')) return
  event.preventDefault()
  event.stopPropagation()
}

/** A button that takes the place of another one takes its focus too, as does one that was switched off for a moment. */
function useKeptFocus() {
  const ref = useRef<HTMLButtonElement>(null)
  const had = useRef(false)
  useEffect(() => {
    const button = ref.current
    if (!button || button.disabled) return
    if (had.current && document.activeElement === document.body) button.focus()
    had.current = document.activeElement === button
  })
  return {
    ref,
    onFocus: () => {
      had.current = true
    },
    // To switch it off or to take it away is not to leave it.
    onBlur: ({ target }: FocusEvent) => {
      if (target.isConnected && !target.matches(':disabled')) had.current = false
    },
  }
}

function Act({ probe }: { probe: ShownProbe | undefined }) {
  const services = useServices()
  const starting = useCompare((state) => state.starting)
  const away = useAway()
  const kept = useKeptFocus()
  const host = useCompare((state) => state.draft.host.trim())
  const asked = probe?.report?.request?.host ?? probe?.summary?.request.host
  if (probe?.running)
    return (
      <Button
        key="stop"
        data-act
        {...kept}
        size="l"
        icon="stop"
        isDisabled={away}
        onPress={() => void stopTest(services, probe.id)}
      >
        Stop
      </Button>
    )
  const again = host !== '' && asked === host
  return (
    <Button
      key="test"
      data-act
      {...kept}
      type="submit"
      size="l"
      tone={again ? 'default' : 'primary'}
      icon={again ? 'again' : 'compare'}
      isDisabled={starting || away || host === ''}
    >
      {again ? 'Test again' : 'Test'}
    </Button>
  )
}

function OptionsButton() {
  const { stores } = useServices()
  const open = useCompare((state) => state.optionsOpen)
  const draft = useCompare((state) => state.draft)
  const controlsOn = useCompare((state) => state.controlsOn)
  const words = optionWords(draft, controlsOn)
  const label =
    words.length === 0 ? 'Options' : words.length === 1 ? words[0]! : `${words.length} options set`
  return (
    <Button
      size="l"
      tone="quiet"
      icon={open ? 'down' : 'right'}
      aria-expanded={open}
      onPress={() => stores.probe.getState().set({ optionsOpen: !open })}
    >
      {label.charAt(0).toUpperCase() + label.slice(1)}
    </Button>
  )
}

export function ProbeForm({ probe }: { probe: ShownProbe | undefined }) {
  const services = useServices()
  const form = useFocusOnProblem()
  const draft = useCompare((state) => state.draft)
  const problems = useCompare((state) => state.problems)
  const open = useCompare((state) => state.optionsOpen)
  const { change } = services.stores.probe.getState()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!probe?.running && draft.host.trim() !== '') void startTest(services)
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} data-pane="form" aria-label="What is tested">
      <div className={styles.line} onClickCapture={dropSecondClick}>
        <div className={styles.host} data-field="host" data-filter>
          <TextField
            label={draft.kind === 'domain' ? 'Mail domain' : 'Mail server'}
            hideLabel
            look="l"
            mono
            placeholder={draft.kind === 'domain' ? 'your-domain.example' : 'smtp.your-provider.example'}
            value={draft.host}
            onChange={(host) => change({ host }, 'host')}
            error={problems.host}
            before={<Icon name="globe" />}
          />
        </div>
        <div className={styles.kind}>
          <Segmented
            label="What it is"
            hideLabel
            value={draft.kind}
            options={kinds}
            onChange={(kind) => change({ kind }, 'host')}
          />
        </div>
        <Act probe={probe} />
        <OptionsButton />
        <Told probe={probe} />
      </div>
      {problems.form && (
        <p className={styles.problem} role="alert">
          {problems.form}
        </p>
      )}
      {open && <Options />}
    </form>
  )
}
