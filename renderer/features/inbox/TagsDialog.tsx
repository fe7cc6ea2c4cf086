/** Owns: the form of the tag rules. */
import { useState } from 'react'
import { loadTags, saveTags } from '#renderer/flows/inboxTags.ts'
import { useServices } from '#renderer/flows/services.ts'
import { TagRules } from '#shared/rpc/contract/inboxTags.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Forms.module.css'
import { useLoaded } from './useLoaded.ts'

const namesIn = (typed: string): string[] => [...new Set(typed.split(/[\s,]+/u).filter(Boolean))]

function fieldProblem(typed: string): string | undefined {
  const headers = namesIn(typed)
  const wrong = headers.find((name) => !TagRules.shape.headers.safeParse([name]).success)
  if (wrong !== undefined) return `${wrong} is no name of a header field; write one as X-Tag.`
  return headers.length > 10 ? `These are ${headers.length} fields; 10 are the most.` : undefined
}

function Form({ rules, onClose }: { rules: TagRules; onClose: () => void }) {
  const services = useServices()
  const [suffix, setSuffix] = useState(rules.suffix)
  const [typed, setTyped] = useState(rules.headers.join(', '))
  const [problem, setProblem] = useState<string>()
  const error = fieldProblem(typed)
  const save = async () => {
    const answer = await saveTags(services, { suffix, headers: namesIn(typed) })
    setProblem(answer)
    if (answer === undefined) onClose()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (error === undefined) void save()
      }}
    >
      <Checkbox selected={suffix} onChange={setSuffix} hint="ines+signup@shop.example is tagged signup">
        The +suffix of a recipient is a tag
      </Checkbox>
      <TextField
        label="Header fields whose values are tags"
        mono
        value={typed}
        onChange={setTyped}
        error={error}
        hint="with commas between them; empty: none"
      />
      <p className={styles.small}>For mail that comes from now on; what is here keeps its tags.</p>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
      <div className={styles.buttons}>
        <Button type="submit" tone="primary" size="l" isDisabled={error !== undefined}>
          Save
        </Button>
        <Button size="l" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

function Loaded({ onClose }: { onClose: () => void }) {
  const { value, problem } = useLoaded(loadTags)
  if (problem) return <Banner tone="bad">{problem}</Banner>
  return value ? <Form rules={value} onClose={onClose} /> : <p>Reading the rules …</p>
}

export function TagsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} title="What makes a tag" onClose={onClose}>
      <Loaded onClose={onClose} />
    </Dialog>
  )
}
