/** Owns: what a preset sets, before it is taken: its rules, its listeners, and whose place they take. */
import { useState } from 'react'
import { saveListeners } from '#renderer/flows/server.ts'
import { useServices } from '#renderer/flows/services.ts'
import {
  displaced,
  presetAddressProblem,
  presetRules,
  withPreset,
  type PresetWay,
} from '#renderer/model/listenerPreset.ts'
import { countWords } from '#renderer/model/measures.ts'
import { authWords, ruleOf, tlsWords, type ListenerStatus } from '#renderer/model/server.ts'
import type { ListenerPreset } from '#shared/knowledge/listenerPresets.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './PresetDialog.module.css'
import { useServer } from './useServer.ts'

function Listeners({ rules }: { rules: readonly ListenerConfig[] }) {
  return (
    <table className={styles.table}>
      <caption className="visuallyHidden">Listeners of this preset</caption>
      <thead>
        <tr>
          <th scope="col">Port</th>
          <th scope="col">Name</th>
          <th scope="col">TLS</th>
          <th scope="col">Sign-in</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.port}>
            <th scope="row">{rule.port}</th>
            <td>{rule.label}</td>
            <td>{tlsWords[rule.tls]}</td>
            <td>{authWords(rule)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sets({ preset }: { preset: ListenerPreset }) {
  return (
    <>
      <p className={styles.why}>
        {preset.words} {preset.why}
      </p>
      <ul className={styles.sets}>
        {preset.sets.map((words) => (
          <li key={words}>
            <Icon name="check" size="xs" />
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

export interface PresetDialogProps {
  preset: ListenerPreset
  all: readonly ListenerStatus[]
  onClose: () => void
}

export function PresetDialog({ preset, all, onClose }: PresetDialogProps) {
  const services = useServices()
  const busy = useServer((server) => server.busy)
  const [address, setAddress] = useState('127.0.0.1')
  const [way, setWay] = useState<PresetWay>('beside')
  const [refused, setRefused] = useState<readonly string[]>([])
  const there = all.map(ruleOf)
  const rules = presetRules(preset, address)
  const gone = displaced(rules, there)
  const wrong = presetAddressProblem(address)
  const take = async () => {
    const { saved, elsewhere } = await saveListeners(services, withPreset(rules, there, way), -1)
    if (saved) onClose()
    else setRefused(elsewhere)
  }
  return (
    <Dialog
      open
      wide
      title={preset.name}
      onClose={onClose}
      actions={
        <>
          <Button
            tone="primary"
            size="l"
            isDisabled={busy || wrong !== undefined}
            onPress={() => void take()}
          >
            {rules.length === 1 ? 'Add the listener' : `Add ${rules.length} listeners`}
          </Button>
          <Button size="l" onPress={onClose}>
            Cancel
          </Button>
          <span className={styles.reference}>{preset.reference}</span>
        </>
      }
    >
      <div className={styles.body}>
        {refused.length > 0 && (
          <Banner tone="bad" live="alert">
            {refused.join(' ')}
          </Banner>
        )}
        <Sets preset={preset} />
        <Listeners rules={rules} />
        <div className={styles.place}>
          <TextField label="Address" mono value={address} onChange={setAddress} error={wrong} />
          {there.length > 0 && (
            <Segmented<PresetWay>
              label="Listeners there are"
              value={way}
              options={[
                { value: 'beside', label: 'Keep them' },
                { value: 'instead', label: 'Replace them' },
              ]}
              onChange={setWay}
            />
          )}
        </div>
        {(way === 'instead' || gone.length > 0) && (
          <output className={styles.gone}>
            <Icon name="warn" size="s" />
            <span>
              {way === 'instead'
                ? `${countWords(there.length, 'listener')} will be taken away; sessions that run stay.`
                : `Takes the place of the listener on ${gone.join(', ')}.`}
            </span>
          </output>
        )}
      </div>
    </Dialog>
  )
}
