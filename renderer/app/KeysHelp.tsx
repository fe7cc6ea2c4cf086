/** Owns: the list of keys, and the switch for single letters. */
import { useServices, useSettings, useView } from '../flows/services.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Key } from '../ui/Key.tsx'
import { Switch } from '../ui/Switch.tsx'
import { keyLines } from './keys.ts'
import styles from './KeysHelp.module.css'
import { commandKey } from './platform.ts'

export function KeysHelp() {
  const { stores } = useServices()
  const open = useView((view) => view.keysOpen)
  const singleKeys = useSettings((settings) => settings.singleKeys)
  const close = () => stores.view.getState().set({ keysOpen: false })
  const lines = keyLines(commandKey())
  return (
    <Dialog
      open={open}
      title="Keys"
      onClose={close}
      actions={
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog puts the focus on its safe answer
        <Button tone="primary" onPress={close} autoFocus>
          Close
        </Button>
      }
    >
      {(['Everywhere', 'In a dialogue', 'In Compare'] as const).map((where) => (
        <section key={where} className={styles.group}>
          <h3>{where}</h3>
          {lines
            .filter((line) => line.where === where)
            .map((line) => (
              <div key={line.does} className={styles.line}>
                <span>{line.does}</span>
                <span className={styles.keys}>
                  {line.keys.map((key) => (
                    <Key key={key}>{key}</Key>
                  ))}
                </span>
              </div>
            ))}
        </section>
      ))}
      <Switch
        selected={singleKeys}
        onChange={(on) => stores.settings.getState().change({ singleKeys: on })}
        hint="They never act inside a field."
      >
        Single letters act
      </Switch>
    </Dialog>
  )
}
