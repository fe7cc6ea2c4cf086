/** Owns: the fields of the message: who it is from and for, subject and text. */
import { useId } from 'react'
import { Button } from 'react-aria-components'
import { countWords } from '#renderer/model/measures.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { Group } from './Group.tsx'
import { useDraft, useProblem } from './useDraft.ts'

function Addresses() {
  const { draft, change } = useDraft()
  const addCc = (
    <Button className={styles.cc ?? ''} onPress={() => change({ ccShown: true })}>
      + cc
    </Button>
  )
  return (
    <>
      <div className={styles.row}>
        <div className={styles.wide} data-field="from">
          <TextField
            label="From"
            placeholder="Name <you@example.com>"
            value={draft.from}
            onChange={(from) => change({ from }, 'from')}
            error={useProblem('from')}
          />
        </div>
        <div className={styles.wide} data-field="to">
          <TextField
            label="To"
            placeholder="one or more, with commas"
            value={draft.to}
            onChange={(to) => change({ to }, 'to')}
            error={useProblem('to')}
            {...(draft.ccShown ? {} : { after: addCc })}
          />
        </div>
      </div>
      {draft.ccShown && <Cc />}
    </>
  )
}

function Cc() {
  const { draft, change } = useDraft()
  return (
    <div data-field="cc">
      <TextField
        label="Cc"
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the person just asked for this field
        autoFocus={draft.cc === ''}
        value={draft.cc}
        onChange={(cc) => change({ cc }, 'cc')}
        error={useProblem('cc')}
        after={
          <IconButton
            icon="close"
            label="No cc"
            size="s"
            onPress={() => change({ ccShown: false, cc: '' }, 'cc')}
          />
        }
      />
    </div>
  )
}

function Text() {
  const { draft, change } = useDraft()
  const id = useId()
  const problem = useProblem('text')
  return (
    <div className={styles.text} data-field="text">
      <div className={styles.textHead}>
        <label htmlFor={id}>Text</label>
        <span>{countWords(draft.text.length, 'character')}</span>
      </div>
      <textarea
        id={id}
        className={styles.textArea}
        value={draft.text}
        placeholder="Write something you will recognise."
        onChange={(event) => change({ text: event.target.value }, 'text')}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
      />
      {problem && (
        <div id={`${id}-problem`} className={styles.problem}>
          {problem}
        </div>
      )}
    </div>
  )
}

export function MessageGroup() {
  const { draft, change } = useDraft()
  return (
    <Group name="Message" grow>
      <Addresses />
      <div data-field="subject">
        <TextField
          label="Subject"
          value={draft.subject}
          onChange={(subject) => change({ subject }, 'subject')}
          error={useProblem('subject')}
        />
      </div>
      <Text />
    </Group>
  )
}
