/** Owns: the question for one more header field. */
import { useState, type KeyboardEvent } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { headerProblem } from '#renderer/model/headerField.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './TransferRows.module.css'

export function HeaderField({ onClose }: { onClose: () => void }) {
  const { stores } = useServices()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const [tried, setTried] = useState(false)
  const problem = headerProblem(name, value)
  const add = () => {
    setTried(true)
    if (problem) return
    const { draft, change, forgetProblem } = stores.compose.getState()
    change({ ...draft, headers: [...draft.headers, { name: name.trim(), value: value.trim() }] })
    forgetProblem('headers')
    onClose()
  }
  const entered = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    add()
  }
  return (
    <Dialog
      open
      title="Add a header field"
      onClose={onClose}
      actions={
        <>
          <Button tone="primary" onPress={add}>
            Add
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </>
      }
    >
      <div className={styles.question}>
        <TextField
          label="Name"
          mono
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the person just asked for this field
          autoFocus
          placeholder="X-Test-Run"
          value={name}
          onChange={setName}
          onKeyDown={entered}
          error={tried && problem?.field === 'name' ? problem.message : undefined}
        />
        <TextField
          label="Value"
          mono
          placeholder="41"
          value={value}
          onChange={setValue}
          onKeyDown={entered}
          error={tried && problem?.field === 'value' ? problem.message : undefined}
        />
      </div>
    </Dialog>
  )
}
