/** Owns: choosing what a probe is compared with: another host that is tested now, or an earlier test. */
import { useState } from 'react'
import { startTest } from '#renderer/flows/probe.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { whenWords } from '#renderer/model/probeHistory.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Picker.module.css'
import { useCompare } from './useCompare.ts'

/** Earlier tests offered at most; the field finds the rest. */
const offered = 12

export function PairPicker() {
  const services = useServices()
  const { stores } = services
  const picking = useCompare((state) => state.picking)
  const summaries = useCompare((state) => state.summaries)
  const problem = useCompare((state) => state.problems.host ?? state.problems.form)
  const [typed, setTyped] = useState('')
  const close = () => {
    stores.probe.getState().set({ picking: '' })
    setTyped('')
  }
  const query = typed.trim().toLowerCase()
  const found = summaries
    .filter(({ id, target, running }) => id !== picking && !running && target.includes(query))
    .slice(0, offered)
  const test = async () => {
    if (query === '') return
    stores.probe.getState().change({ host: typed.trim(), kind: 'server' }, 'host')
    const before = stores.probe.getState().attempts
    await startTest(services, picking)
    if (stores.probe.getState().attempts === before) close()
  }
  return (
    <Dialog
      open={picking !== ''}
      title="Compare with another host"
      onClose={close}
      actions={
        <>
          <Button
            tone="primary"
            size="l"
            icon="compare"
            isDisabled={query === ''}
            onPress={() => void test()}
          >
            Test it now
          </Button>
          <Button size="l" onPress={close}>
            Cancel
          </Button>
        </>
      }
    >
      <div className={styles.picker}>
        <TextField
          label="Host to test, or part of a name below"
          mono
          look="l"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is about this one field
          autoFocus
          value={typed}
          onChange={(host) => {
            setTyped(host)
            stores.probe.getState().change({}, 'host')
          }}
          onKeyDown={(event) => event.key === 'Enter' && void test()}
          error={problem}
          before={<Icon name="globe" />}
        />
        {found.length > 0 && (
          <ul aria-label="Earlier tests">
            {found.map(({ id, target, unicode, tone, startedAt }) => (
              <li key={id}>
                <button
                  type="button"
                  className={styles.item}
                  onClick={() => {
                    close()
                    goTo({ room: 'compare', id: picking, other: id })
                  }}
                >
                  <ToneIcon tone={tone} size="s" spoken={tone !== 'neutral'} />
                  <span>{unicode ?? target}</span>
                  <time>{whenWords(Date.parse(startedAt))}</time>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}
