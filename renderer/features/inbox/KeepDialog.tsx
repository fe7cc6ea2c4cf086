/** Owns: the form of the keep rules: what they would remove stands beside them before they are switched on. */
import { useEffect, useState } from 'react'
import { loadKeep, previewKeep, saveKeep } from '#renderer/flows/inboxKeep.ts'
import { useServices } from '#renderer/flows/services.ts'
import { keepForm, type KeepForm, readKeep, removedWords, tallyWords } from '#renderer/model/inboxKeep.ts'
import type { KeepRemoved, KeepRules, KeepTally } from '#shared/rpc/contract/inboxKeep.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Forms.module.css'
import { useLoaded } from './useLoaded.ts'

/** Milliseconds that the form rests before the engine counts. */
const restMs = 250

interface Counted {
  /** JSON of the rules that were counted for. */
  of: string
  would: KeepTally
  now: KeepTally
}

/** What the rules would remove now; undefined while it is not known. */
function useCounted(rules: KeepRules | null): Counted | undefined {
  const services = useServices()
  const [counted, setCounted] = useState<Counted>()
  const asked = rules === null ? '' : JSON.stringify({ ...rules, on: true })
  useEffect(() => {
    let gone = false
    const count = async () => {
      if (asked === '') return
      const { would, now } = await previewKeep(services, JSON.parse(asked))
      if (!gone) setCounted({ of: asked, would, now })
    }
    const timer = setTimeout(() => void count().catch(() => {}), restMs)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [services, asked])
  return counted?.of === asked ? counted : undefined
}

function Effect({ form, counted }: { form: KeepForm; counted: Counted | undefined }) {
  if (counted === undefined) return <output className={styles.effect}>Counting …</output>
  const what = tallyWords(counted.would)
  return (
    <output className={styles.effect}>
      In the box: {tallyWords(counted.now)}.{' '}
      {form.on ? <b>Saving removes {what} now.</b> : <b>Switched on, they would remove {what} now.</b>}
    </output>
  )
}

interface FormProps {
  rules: KeepRules
  removed: KeepRemoved | null
  onClose: () => void
}

function Form({ rules, removed, onClose }: FormProps) {
  const services = useServices()
  const [form, setForm] = useState(() => keepForm(rules))
  const [problem, setProblem] = useState<string>()
  const read = readKeep(form)
  const problems = read.ok ? {} : read.problems
  const counted = useCounted(read.ok ? read.rules : null)
  const change = (part: Partial<KeepForm>) => setForm({ ...form, ...part })
  const save = async () => {
    if (!read.ok) return
    const answer = await saveKeep(services, read.rules)
    setProblem(answer)
    if (answer === undefined) onClose()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Switch
        selected={form.on}
        onChange={(on) => change({ on })}
        hint="Off, everything stays until somebody deletes it."
      >
        Remove the oldest when there is too much
      </Switch>
      <div className={styles.three}>
        <TextField
          label="Rows at most"
          inputMode="numeric"
          value={form.count}
          onChange={(count) => change({ count })}
          error={problems.count}
          hint="messages and sessions"
        />
        <TextField
          label="Days at most"
          inputMode="numeric"
          value={form.days}
          onChange={(days) => change({ days })}
          error={problems.days}
          hint="since they came"
        />
        <TextField
          label="Size at most"
          value={form.size}
          onChange={(size) => change({ size })}
          error={problems.size}
          hint="of the messages, as 500M or 2G"
        />
      </div>
      <p className={styles.small}>
        An empty field is no rule. What has come within the last minute, is open here, or was read within ten
        minutes stays.
      </p>
      <Checkbox selected={form.spareStarred} onChange={(spareStarred) => change({ spareStarred })}>
        Starred ones stay
      </Checkbox>
      <Checkbox selected={form.dialogues} onChange={(dialogues) => change({ dialogues })}>
        Their dialogues go with them
      </Checkbox>
      {read.ok && <Effect form={form} counted={counted} />}
      <p className={styles.small}>{removedWords(removed)}</p>
      <p className={styles.small}>
        These numbers are of the Inbox. The rules hold for mail that the relay is done with as well, counted
        by itself, and its dialogues go with it. Even while they are off, only its newest 10,000 entries stay,
        with 1 GiB of their messages.
      </p>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
      <div className={styles.decide}>
        <div className={styles.buttons}>
          <Button type="submit" tone="primary" size="l" isDisabled={!read.ok}>
            Save
          </Button>
          <Button size="l" onPress={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </form>
  )
}

function Loaded({ onClose }: { onClose: () => void }) {
  const { value, problem } = useLoaded(loadKeep)
  if (problem) return <Banner tone="bad">{problem}</Banner>
  return value ? <Form {...value} onClose={onClose} /> : <p>Reading the rules …</p>
}

export function KeepDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} wide title="How long the Inbox keeps what came" onClose={onClose}>
      <Loaded onClose={onClose} />
    </Dialog>
  )
}
