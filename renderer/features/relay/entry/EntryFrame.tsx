/** Owns: what the forms of all entries share: the dialog, saving with the rest of the rules, taking out, and the engine's objections. */
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { opensRelay, readRules, saveRules } from '#renderer/flows/relayRules.ts'
import { useServices } from '#renderer/flows/services.ts'
import {
  entryName,
  nameFields,
  refusedFields,
  twinWords,
  withEntry,
  withoutEntry,
  type EntryKind,
} from '#renderer/model/relayEntries.ts'
import type { Problems } from '#renderer/model/relayDrafts.ts'
import { hasErrors, type ProblemOf } from '#renderer/model/relayStatus.ts'
import { capital } from '#renderer/model/measures.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import styles from '../Dialogs.module.css'

export interface EntryProps {
  policy: RelayPolicy
  /** -1 for a new entry. */
  place: number
  onClose: () => void
}

export interface Made<K extends EntryKind> {
  entry: RelayPolicy[K][number]
  /** New passwords, by `user NAME` and `smarthost NAME`. */
  secrets?: Record<string, string>
  /** A user who keeps the password under another name. */
  renamed?: { from: string; to: string }
  /** Something in the form is wrong, and said there. */
  wrong: boolean
  /** Where it stands from then on, from 0, in a list whose order counts. */
  to?: number
}

interface FrameProps<K extends EntryKind> extends EntryProps {
  kind: K
  make: () => Made<K>
  /** Told with each attempt, so that the form shows what is wrong. */
  onAttempt: () => void
  /** Given what the engine refused, by the entry's own fields. */
  children: (refused: Problems) => ReactNode
  wide?: boolean
}

type Wanted = {
  policy: RelayPolicy
  secrets?: Record<string, string>
  renamed?: { from: string; to: string }
}

/** Reads rules before they are saved: what is wrong is said, and what would let strangers in is asked once more. */
function useSaving(onClose: () => void) {
  const services = useServices()
  const [problems, setProblems] = useState<readonly ProblemOf[]>([])
  /** What was asked about: other rules than those are asked about anew. */
  const [opens, setOpens] = useState<{ words: string; of: string }>()
  const [busy, setBusy] = useState(false)
  const put = async (wanted: Wanted, agreed: boolean): Promise<readonly ProblemOf[]> => {
    const read = await readRules(services, wanted)
    if (!read.ok) return [{ severity: 'error', message: read.problem }]
    const { problems: found } = read.rules
    if (hasErrors(found)) return found.filter(({ severity }) => severity === 'error')
    if (!agreed && opensRelay(services.stores.relay.getState().rules, read.rules)) {
      setOpens({ words: read.rules.openRelay[0] ?? '', of: JSON.stringify(wanted) })
      return []
    }
    const answer = await saveRules(services, wanted)
    if (!answer.saved) return answer.problems
    onClose()
    return []
  }
  const save = async (wanted: Wanted) => {
    setBusy(true)
    const agreed = opens?.of === JSON.stringify(wanted)
    setOpens(undefined)
    setProblems(await put(wanted, agreed))
    setBusy(false)
  }
  return { problems, opens: opens?.words, busy, save, refuse: setProblems, forget: () => setOpens(undefined) }
}

/** After an attempt the first thing that is wrong has the focus. */
function useFocusWrong(attempts: number) {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [attempts])
  return form
}

/** The button that was pressed asks for more by then: the harmless answer gets the focus, so that a second press agrees to nothing. */
function useFocusHarmless(opens: string | undefined) {
  const harmless = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (opens !== undefined) harmless.current?.focus()
  }, [opens])
  return harmless
}

/** In a low window the form is higher than its room: what is asked or wrong has to be seen before it is answered. */
function useAlertInSight(form: RefObject<HTMLElement | null>, said: string) {
  useEffect(() => {
    if (said !== '') form.current?.querySelector('[role=alert]')?.scrollIntoView({ block: 'nearest' })
  }, [form, said])
}

export function EntryFrame<K extends EntryKind>(props: FrameProps<K>) {
  const { kind, policy, place, make, onAttempt, onClose, children, wide } = props
  const { problems, opens, busy, save, refuse, forget } = useSaving(onClose)
  const [attempts, setAttempts] = useState(0)
  // What came back has to be focused as well.
  const form = useFocusWrong(attempts + problems.length)
  const fresh = place < 0
  const ownPlace = fresh ? policy[kind].length : place
  const { fields, others } = refusedFields(problems, { kind, place: ownPlace })
  const harmless = useFocusHarmless(opens)
  useAlertInSight(form, [opens, others.length].join(' '))
  // Saved as it was, rules would be read, stored and put in force anew for nothing.
  const [untouched] = useState(() => JSON.stringify(make()))
  // What the form began with: where another stands at its place by now, saving would replace that one.
  const [began] = useState(() => JSON.stringify(policy[kind][place]))
  const moved = !fresh && JSON.stringify(policy[kind][place]) !== began
  const submit = () => {
    onAttempt()
    setAttempts(attempts + 1)
    const made = make()
    const { entry, secrets, renamed, wrong, to } = made
    if (wrong || busy || moved) return
    if (!fresh && JSON.stringify(made) === untouched) return onClose()
    const twin = twinWords(policy, { kind, place }, entry)
    if (twin !== undefined) return refuse([{ severity: 'error', field: `${kind}[${ownPlace}].${nameFields[kind]}`, message: twin }])
    void save({ policy: withEntry(policy, { kind, place }, entry, to), ...(secrets ? { secrets } : {}), ...(renamed ? { renamed } : {}) })
  }
  const name = entryName(policy, { kind, place })
  return (
    <Dialog
      open
      wide={wide ?? false}
      title={capital(name)}
      onClose={onClose}
      actions={
        <>
          <Button tone={opens === undefined ? 'primary' : 'danger'} size="l" isDisabled={busy || moved} onPress={submit}>
            {opens === undefined ? (fresh ? 'Add' : 'Save') : 'Save, and open it to strangers'}
          </Button>
          <Button size="l" ref={harmless} onPress={onClose}>
            Cancel
          </Button>
          <span className={styles.space} />
          {!fresh && (
            <Button tone="danger" size="l" icon="trash" isDisabled={busy || moved} onPress={() => void save({ policy: withoutEntry(policy, { kind, place }) })}>
              Take out
            </Button>
          )}
        </>
      }
    >
      <div
        className={styles.fields}
        ref={form}
        role="presentation"
        // What was agreed to was another rule.
        onInput={forget}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
          event.preventDefault()
          // The Enter that opened this form may still be down; and letting strangers in is agreed to with the button alone.
          if (!event.repeat && opens === undefined) submit()
        }}
      >
        {children(fields)}
        {opens !== undefined && (
          <Banner tone="bad" live="alert" title="This makes it an open relay.">
            {opens} It will listen on this computer only.
          </Banner>
        )}
        {moved && (
          <Banner tone="warn" live="alert">
            The rules were changed elsewhere meanwhile. Close this and open it again.
          </Banner>
        )}
        {others.length > 0 && (
          <Banner tone="bad" live="alert">
            {others.join(' ')}
          </Banner>
        )}
      </div>
    </Dialog>
  )
} // prettier-ignore
