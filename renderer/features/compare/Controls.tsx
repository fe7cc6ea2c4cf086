/** Owns: the user's own list of control hosts. None is contacted unless it is switched on, and then for one run only. */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { useCompare } from './useCompare.ts'

function Control({ host }: { host: string }) {
  const { stores } = useServices()
  const controls = useCompare((state) => state.draft.controls)
  const on = useCompare((state) => state.controlsOn)
  const { change, set } = stores.probe.getState()
  return (
    <li className={styles.control}>
      <Switch
        selected={on.includes(host)}
        onChange={(yes) => set({ controlsOn: yes ? [...on, host] : on.filter((one) => one !== host) })}
      >
        <span className="mono">{host}</span>
      </Switch>
      <IconButton
        icon="trash"
        size="s"
        label={`Remove ${host} from the list`}
        onPress={() => {
          change({ controls: controls.filter((one) => one !== host) }, 'controls')
          set({ controlsOn: on.filter((one) => one !== host) })
        }}
      />
    </li>
  )
}

/** As the engine bounds it. */
const most = 10

export function Controls() {
  const { stores } = useServices()
  const controls = useCompare((state) => state.draft.controls)
  const problem = useCompare((state) => state.problems.controls)
  const [typed, setTyped] = useState('')
  const add = () => {
    const host = typed.trim()
    if (host === '') return
    if (!controls.includes(host))
      stores.probe.getState().change({ controls: [...controls, host] }, 'controls')
    setTyped('')
  }
  return (
    <div className={styles.controls} data-field="controls">
      <span className={styles.label}>Control hosts</span>
      <p className={styles.hint}>
        Known to answer, they tell a port blocked in this network from a server that does not listen. The list
        is yours; a host is contacted only when it is switched on, for the next test alone.
      </p>
      {controls.length > 0 && (
        <ul className={styles.chips} aria-label="Control hosts">
          {controls.map((host) => (
            <Control key={host} host={host} />
          ))}
        </ul>
      )}
      {controls.length < most && (
        <div className={styles.chips}>
          <div className={styles.resolver}>
            <TextField
              label="Control host with its port"
              hideLabel
              look="plain"
              mono
              placeholder="HOST:PORT"
              value={typed}
              onChange={setTyped}
              error={problem}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                add()
              }}
            />
          </div>
          <Button isDisabled={typed.trim() === ''} onPress={add}>
            Add
          </Button>
        </div>
      )}
    </div>
  )
}
